import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { known, type Known, type Source } from '../core/fact.ts';
import { MalformedAnswerError } from './errors.ts';
import { quotaResetsAfter } from './retry.ts';

export const resourceGraphPath = '/providers/Microsoft.ResourceGraph/resources';
export const resourceGraphVersion = '2024-04-01';

type Headers = Readonly<Record<string, string | undefined>>;

export interface ResourceGraphSettings {
  /** Sends a query. */
  post(this: void, query: unknown): Promise<{ readonly headers: Headers; readonly body: unknown }>;
  readonly longestWaitMs: number;
  readonly signal: AbortSignal;
}

const source: Source = `POST ${resourceGraphPath}?api-version=${resourceGraphVersion}`;

/** Resource Graph refuses more than 1,000 subscriptions in a query. */
const subscriptionsPerQuery = 300;

const Answer = z.object({
  data: z.array(z.unknown()),
  totalRecords: z.int(),
  $skipToken: z.string().nullish(),
});

/** All rows of a query, over any number of subscriptions. */
export async function queryResourceGraph(kql: string, subscriptions: readonly string[], settings: ResourceGraphSettings): Promise<Known<unknown[]>> {
  const ask = paced(settings);
  const rows: unknown[] = [];
  for (let start = 0; start < subscriptions.length; start += subscriptionsPerQuery) {
    rows.push(...(await rowsOf(kql, subscriptions.slice(start, start + subscriptionsPerQuery), ask)));
  }
  return known(rows, [source]);
}

type Ask = (query: unknown) => Promise<z.output<typeof Answer>>;

async function rowsOf(query: string, subscriptions: readonly string[], ask: Ask): Promise<unknown[]> {
  const rows: unknown[] = [];
  let token: string | undefined;
  do {
    const { data, totalRecords, $skipToken: next } = await ask({ query, subscriptions, options: { $top: 1000, resultFormat: 'objectArray', ...(token !== undefined && { $skipToken: token }) } });
    rows.push(...data);
    if (next && (next === token || data.length === 0 || rows.length >= totalRecords)) throw new MalformedAnswerError('Resource Graph leads on where no row is left.', source);
    if (!next && rows.length !== totalRecords) throw new MalformedAnswerError(`Resource Graph counts ${totalRecords} rows and sent ${rows.length}.`, source);
    token = next || undefined;
  } while (token !== undefined);
  return rows;
}

/** Waits before a query where the answer before said that the quota is used up. */
function paced({ post, longestWaitMs, signal }: ResourceGraphSettings): Ask {
  let wait: number | undefined;
  return async query => {
    if (wait !== undefined) await delay(Math.min(wait, longestWaitMs), undefined, { signal });
    const { headers, body } = await post(query);
    wait = headers['x-ms-user-quota-remaining'] === '0' ? quotaResetsAfter(headers['x-ms-user-quota-resets-after']) : undefined;
    return answerIn(body);
  };
}

function answerIn(body: unknown): z.output<typeof Answer> {
  const { success, data, error } = Answer.safeParse(body);
  if (success) return data;
  const [issue] = error.issues;
  throw new MalformedAnswerError(`Resource Graph answered something else than rows: ${issue?.path.join('.')}: ${issue?.message}.`, source);
}
