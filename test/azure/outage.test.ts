import { describe, expect, test } from 'vitest';
import { connect } from '../../src/azure/arm.ts';
import { generatedEstate, type Fault, type Intercepted } from '../../src/sandbox/index.ts';
import { collect } from '../../src/collectors/collector.ts';
import { collectors } from '../../src/collectors/index.ts';
import { connected } from '../support/connection.ts';

const estate = generatedEstate({ subscriptions: 30, accountsPerSubscription: 4 });

interface Reading {
  /** Facts by collector: how many are known, and why the others are not. */
  readonly facts: ReadonlyMap<string, readonly string[]>;
  /** Requests that reached the provider that is out of order. */
  readonly suffered: number;
}

/** Reads four facts of thirty subscriptions and two of each account, while some requests fail. */
async function readWhile(fault: (request: Intercepted) => Fault | null): Promise<Reading> {
  let suffered = 0;
  const intercept = (request: Intercepted): Fault | null => {
    const given = fault(request);
    if (given) suffered += 1;
    return given;
  };
  const azure = await connected({ estate, faults: { intercept } });
  const facts = new Map<string, string[]>();
  try {
    const arm = connect({ cloud: azure.cloud, credential: azure.credential, signal: new AbortController().signal, concurrency: 16, retry: { attempts: 2, baseMs: 1, longestWaitMs: 60_000 } });
    const note = async (name: 'accounts' | 'locks' | 'defenderPlan' | 'activityLogAlerts' | 'diagnosticSettings' | 'perimeterConfigurations', subject: string) => {
      const fact = await collect<string, unknown>(collectors[name], arm, subject);
      facts.set(name, [...(facts.get(name) ?? []), fact.known ? 'known' : fact.reason]);
      return fact;
    };
    const readSubscription = async (subscriptionId: string): Promise<void> => {
      const listed = await note('accounts', subscriptionId);
      const ids = listed.known ? (listed.value as { id: string }[]).map(({ id }) => id) : [];
      await Promise.all([
        ...(['locks', 'defenderPlan', 'activityLogAlerts'] as const).map(name => note(name, subscriptionId)),
        ...ids.flatMap(id => [note('diagnosticSettings', id), note('perimeterConfigurations', id)]),
      ]);
    };
    // Four at a time, as a scan reads them.
    const waiting = estate.subscriptions.map(({ subscriptionId }) => subscriptionId);
    const work = async (): Promise<void> => {
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) await readSubscription(next);
    };
    await Promise.all([work(), work(), work(), work()]);
  } finally {
    await azure.stop();
  }
  return { facts, suffered };
}

const to = (provider: string) => ({ path }: Intercepted) => path.toLowerCase().lastIndexOf(`/providers/${provider.toLowerCase()}/`) === path.toLowerCase().lastIndexOf('/providers/');

describe('the outage of one provider', () => {
  const down = (): Promise<Reading> => readWhile(request => (to('Microsoft.Insights')(request) ? { status: 503, code: 'ServiceUnavailable' } : null));

  test('takes no fact of the others', async () => {
    const { facts } = await down();
    for (const [name, count] of [['accounts', 30], ['locks', 30], ['defenderPlan', 30], ['perimeterConfigurations', 120]] as const) {
      expect(facts.get(name)).toEqual(Array.from({ length: count }, () => 'known'));
    }
  });

  test('costs few requests, and what was not asked says so', async () => {
    const { facts, suffered } = await down();
    const lost = [...(facts.get('activityLogAlerts') ?? []), ...(facts.get('diagnosticSettings') ?? [])];
    expect(lost).toHaveLength(150);
    expect(new Set(lost)).toEqual(new Set(['failed', 'unreachable']));
    // Five requests with two retries each, and what was on its way at the same time: at most what may be in flight.
    expect(suffered).toBeLessThanOrEqual(5 * 3 + 16 * 3);
    expect(lost.filter(reason => reason === 'unreachable').length).toBeGreaterThan(100);
  });
});

test('a provider that fails now and then is asked on', async () => {
  let requests = 0;
  const { facts } = await readWhile(request => (to('Microsoft.Insights')(request) && (requests += 1) % 3 === 0 ? { status: 503, code: 'ServiceUnavailable' } : null));
  const all = [...facts.values()].flat();
  expect(all.filter(outcome => outcome === 'unreachable')).toEqual([]);
  expect(all.filter(outcome => outcome === 'known').length).toBeGreaterThan(0.9 * all.length);
});
