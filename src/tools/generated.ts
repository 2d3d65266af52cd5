import { baselineJsonSchema } from '../baseline/json-schema.ts';
import { collectors } from '../collectors/index.ts';
import { allControls } from '../controls/index.ts';
import { documents } from '../requirements/index.ts';
import { renderControls } from './docs/controls.ts';
import { renderRequirements } from './docs/requirements.ts';
import { renderReaderRole } from './reader-role.ts';

/** A committed file that is written by `npm run docs` and never by hand. */
export interface GeneratedFile {
  /** From the root of the repository. */
  readonly path: string;
  readonly content: () => string;
}

/** Every generated file, sorted by path. */
export const generated: readonly GeneratedFile[] = [
  { path: 'infra/reader-role.json', content: () => renderReaderRole(Object.values(collectors)) },
  { path: 'src/baseline/baseline.schema.json', content: () => `${JSON.stringify(baselineJsonSchema(allControls), null, 2)}\n` },
  { path: 'src/controls/README.md', content: () => renderControls(allControls) },
  { path: 'src/requirements/README.md', content: () => renderRequirements(documents, allControls) },
];
