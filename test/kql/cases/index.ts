import { kqlFiles } from '../../../src/tools/docs/kql-files.ts';
import { alerts } from './alerts.ts';
import type { Case } from './case.ts';
import { changes } from './changes.ts';
import { history } from './history.ts';
import { latest } from './latest.ts';
import { open } from './open.ts';
import { queriesOfBaseline } from './queries-of-baseline.ts';
import { queriesOfScans } from './queries-of-scans.ts';
import { queries } from './queries.ts';
import { resources } from './resources.ts';
import { scans } from './scans.ts';

/** Everything that has to hold of single texts. */
export const allCases: readonly Case[] = [...latest, ...open, ...resources, ...scans, ...changes, ...history, ...queries, ...queriesOfBaseline, ...queriesOfScans, ...alerts];

const texts = new Map([...kqlFiles('queries'), ...kqlFiles('alerts')].map(({ name, text }) => [name, text]));

/** What a case runs: what it says, the text of its file, or a call of its function. */
export function textOf({ of, text }: Pick<Case, 'of' | 'text'>): string {
  return text ?? texts.get(of) ?? `${of}()`;
}
