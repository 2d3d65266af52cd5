/** A control with one thing changed. */
export interface Mutant {
  readonly code: string;
  readonly line: number;
  /** `a === b → a !== b`, for people. */
  readonly change: string;
}

interface Rule {
  readonly find: RegExp;
  readonly replace: (found: string) => string;
}

const flips: Readonly<Record<string, string>> = { '===': '!==', '!==': '===', '>': '>=', '<': '<=', '>=': '>', '<=': '<', '&&': '||', '||': '&&' };

/** Only operators with spaces on both sides: generics and arrows are none. */
const rules: readonly Rule[] = [
  { find: /(?<= )(===|!==|>=|<=|>|<|&&|\|\|)(?= )/g, replace: found => flips[found] ?? found },
  { find: /\b(true|false)\b/g, replace: found => (found === 'true' ? 'false' : 'true') },
  { find: /(?<![\w.'-])\d+(?![\w.'-])/g, replace: found => String(Number(found) + 1) },
  { find: /\.some\(/g, replace: () => '.every(' },
  { find: /\.every\(/g, replace: () => '.some(' },
  { find: /(?<=[(&|:?] ?)!(?=[a-zA-Z(])/g, replace: () => '' },
];

/** Mutants of what a control does: its parameters, `evaluate` and the functions below; not of its documentation. */
export function mutantsOf(source: string): Mutant[] {
  const mutants: Mutant[] = [];
  for (const { find, replace } of rules) {
    for (const match of source.matchAll(find)) {
      if (!isCode(source, match.index)) continue;
      const [found] = match;
      const code = source.slice(0, match.index) + replace(found) + source.slice(match.index + found.length);
      const line = source.slice(0, match.index).split('\n').length;
      mutants.push({ code, line, change: `${found} → ${replace(found) || '(nothing)'}   ${(source.split('\n')[line - 1] ?? '').trim()}` });
    }
  }
  return mutants;
}

/** Outside of text, comments and the parts of a control that are prose; messages and observed values are prose too. */
function isCode(source: string, index: number): boolean {
  const start = source.lastIndexOf('\n', index) + 1;
  const end = source.indexOf('\n', index);
  const line = source.slice(start, end === -1 ? undefined : end);
  if (/^\s*(\/\/|\*|\/\*\*|import |text:|cli:|bicep:|'|"|rationale:|title:|references|requirements|notApplicableWhen|severity|id:|const observed|return \{ ?[a-z]+:)/.test(line)) return false;
  if (/^\s*enabledByDefault/.test(line)) return false;
  const before = source.slice(start, index);
  const quotes = before.replaceAll(/\\./g, '').match(/['"`]/g)?.length ?? 0;
  if (quotes % 2 === 1 && !/\$\{[^}]*$/.test(before)) return false;
  const cut = /(?:cut|slice|listed)\([^)]*$/.test(before);
  return !cut;
}
