import { z } from 'zod';
import { known, type Known, type Source } from '../core/fact.ts';
import { MalformedAnswerError } from './errors.ts';

export const resourceGraphPath = '/providers/Microsoft.ResourceGraph/resources';
export const resourceGraphVersion = '2024-04-01';

/** Sends a query, and gives the body of the answer. */
export type PostQuery = (query: unknown) => Promise<unknown>;

const source: Source = `POST ${resourceGraphPath}?api-version=${resourceGraphVersion}`;

/** Resource Graph refuses more than 1,000 subscriptions in a query. */
const subscriptionsPerQuery = 300;

const Answer = z.object({
  data: z.array(z.unknown()),
  totalRecords: z.int(),
  $skipToken: z.string().nullish(),
});

/** All rows of a query, over any number of subscriptions. */
export async function queryResourceGraph(kql: string, subscriptions: readonly string[], post: PostQuery): Promise<Known<unknown[]>> {
  const rows: unknown[] = [];
  for (let start = 0; start < subscriptions.length; start += subscriptionsPerQuery) {
    rows.push(...(await rowsOf(kql, subscriptions.slice(start, start + subscriptionsPerQuery), post)));
  }
  return known(rows, [source]);
}

async function rowsOf(query: string, subscriptions: readonly string[], post: PostQuery): Promise<unknown[]> {
  const rows: unknown[] = [];
  let token: string | undefined;
  do {
    const { data, totalRecords, $skipToken: next } = answerIn(await post({ query, subscriptions, options: { $top: 1000, resultFormat: 'objectArray', ...(token !== undefined && { $skipToken: token }) } }));
    rows.push(...data);
    if (next && (next === token || data.length === 0 || rows.length >= totalRecords)) throw new MalformedAnswerError('Resource Graph leads on where no row is left.', source);
    if (!next && rows.length !== totalRecords) throw new MalformedAnswerError(`Resource Graph counts ${totalRecords} rows and sent ${rows.length}.`, source);
    token = next || undefined;
  } while (token !== undefined);
  return rows;
}

function answerIn(body: unknown): z.output<typeof Answer> {
  const { success, data, error } = Answer.safeParse(body);
  if (success) return data;
  const [issue] = error.issues;
  throw new MalformedAnswerError(`Resource Graph answered something else than rows: ${issue?.path.join('.')}: ${issue?.message}.`, source);
}
