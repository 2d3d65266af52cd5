import { Problem } from '../core/problem.ts';

/** The scopes a new control may have, and what its skeleton looks at. A manual control is copied from another one. */
const skeletons = {
  account: { need: 'account', observed: 'name: account.name' },
  cluster: { need: 'cluster', observed: 'name: cluster.name' },
  perimeter: { need: 'profiles', observed: 'profiles: profiles.length' },
  subscription: { need: 'locks', observed: 'locks: locks.length' },
} as const;

export type NewScope = keyof typeof skeletons;

export function isNewScope(text: string): text is NewScope {
  return Object.hasOwn(skeletons, text);
}

/** @throws Problem where the id is not in kebab case with at least two words */
export function checkId(id: string): void {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(id)) {
    throw new Problem(`"${id}" is no id for a control.`, 'Give the good state in kebab case, two words or more: npm run new:control -- local-auth-disabled');
  }
}

/** What the control is called in code. */
export function variableOf(id: string): string {
  return id.replaceAll(/-(.)/g, (_, first: string) => first.toUpperCase());
}

function importOf(names: string, file: string): string {
  return `import { ${names} } from '${file}';`;
}

/** A control that compiles and fails its tests until it is written. */
export function controlFile(id: string, scope: NewScope): string {
  const { need, observed } = skeletons[scope];
  return `${importOf('control, fail', '../core/control.ts')}

export const ${variableOf(id)} = control({
  id: '${id}',
  scope: '${scope}',
  title: '',
  severity: 'medium',
  rationale: '',
  remediation: {
    text: '',
    cli: '',
    bicep: '',
  },
  references: [''],
  requirements: [''],
  needs: ['${need}'],
  evaluate({ ${need} }) {
    return fail('', { ${observed} });
  },
});
`;
}

export function testFile(id: string): string {
  return `${importOf(variableOf(id), `../../src/controls/${id}.ts`)}
${importOf('specify', '../support/specify.ts')}

specify(${variableOf(id)}, {
  passes: [{ when: 'the good state holds', given: {} }],
  fails: [{ when: 'it does not', given: {}, says: 'what was found' }],
});
`;
}

/**
 * The catalogue with one more control, at its place in the imports and in the list of its scope.
 * @throws Problem where the catalogue does not look as expected
 */
export function withControl(index: string, id: string, scope: NewScope): string {
  return withEntry(withImport(index, id), id, scope);
}

function withImport(index: string, id: string): string {
  const lines = index.split('\n');
  const fileOf = (line: string): string | undefined => /^import \{ \w+ \} from '\.\/([a-z0-9-]+)\.ts';$/.exec(line)?.[1];
  const after = lines.findIndex(line => (fileOf(line) ?? '') > id);
  const place = after === -1 ? lines.findLastIndex(line => line.startsWith('import ')) + 1 : after;
  return lines.toSpliced(place, 0, importOf(variableOf(id), `./${id}.ts`)).join('\n');
}

function withEntry(index: string, id: string, scope: NewScope): string {
  const list = new RegExp(`(export const ${scope}Controls: [^=]+= \\[)([^\\]]*)(\\];)`);
  if (!list.test(index)) throw new Problem(`src/controls/index.ts has no list ${scope}Controls.`, 'Add the control by hand.');
  return index.replace(list, (_, head: string, entries: string, tail: string) => {
    const names = entries.split(',').map(name => name.trim()).filter(name => name !== '');
    const idOf = (name: string): string => new RegExp(`import \\{ ${name} \\} from '\\./([a-z0-9-]+)\\.ts'`).exec(index)?.[1] ?? name;
    const sorted = [...names, variableOf(id)].toSorted((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
    return `${head}\n${sorted.map(name => `  ${name},\n`).join('')}${tail}`;
  });
}
