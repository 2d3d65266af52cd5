import { describe, expect, test } from 'vitest';
import { guid } from '../../../src/sandbox/estate/ids.ts';
import type { PartInput } from '../../../src/scan/durable/messages.ts';
import { scanSteps } from '../../../src/scan/durable/steps.ts';
import { logAnalyticsSink } from '../../../src/sinks/log-analytics/sink.ts';
import { outboxIn } from '../../../src/state/outbox.ts';
import type { Store } from '../../../src/state/store.ts';
import { estateOf, named, type Connection } from '../../support/connection.ts';
import { distributed, orders, placeOf, processesOn, rowsOf, sandboxOf, scanFilesIn, scanInput, subscriptionRows, workerOn } from '../../support/distributed.ts';
import { perimeterIn } from '../../support/estates.ts';
import { memoryStore } from '../../support/memory-store.ts';
import { mortalStore } from '../../support/mortal-store.ts';

describe('a process that dies', () => {
  /** What waits when a process dies is counted as kept, and is sent by the next scan. */
  const withoutKept = (tables: ReturnType<typeof rowsOf>): unknown => Object.fromEntries(Object.entries(tables).map(([table, rows]) => [table, rows.map(row => row.replace(/"KeptRows":\d+/, '"KeptRows":0'))]));

  /** A scan whose first process dies after so many changes to the state; whatever it had in hand is given to another. */
  async function scanWithDeath(to: Connection, store: Store, changes: number) {
    const state = mortalStore(store, changes);
    const upload = to.upload();
    const sinkOf = outboxIn(state);
    const dying = scanSteps(() =>
      workerOn(to, state, {
        sink: () => logAnalyticsSink(async (stream, rows) => (state.isDead() ? Promise.reject(new Error('The process is dead.')) : upload(stream, rows)), sinkOf, () => new Date(), { resendMs: 0 }),
      }),
    );
    const [successor] = processesOn(to, store, 1);
    const insured = <I, O>(first: (input: I) => Promise<O>, second: ((input: I) => Promise<O>) | undefined) => async (input: I): Promise<O> => {
      const outcome = await first(input);
      return state.isDead() && second ? second(input) : outcome;
    };
    const steps = {
      plan: insured(dying.plan, successor?.plan),
      scanSubscription: insured(dying.scanSubscription, successor?.scanSubscription),
      close: insured(dying.close, successor?.close),
    };
    const scan = await distributed([steps], scanInput(), { concurrency: 1 });
    return { ...scan, died: state.isDead() };
  }

  test('before any of its changes costs nothing: another one comes to the same, and so does the next scan', async () => {
    const to = await sandboxOf({ estate: estateOf([named('alpha')], [...orders.resources, ...perimeterIn('alpha', 'core').resources]) });
    const undisturbed = memoryStore();
    const scans = async (store: Store): Promise<ReturnType<typeof rowsOf>> => rowsOf(to, String((await distributed(processesOn(to, store, 1))).line['scanId']));
    const expected = { first: await scans(undisturbed), second: await scans(undisturbed) };
    let changes = 0;
    for (let died = true; died; changes += 1) {
      const store = memoryStore();
      const disturbed = await scanWithDeath(to, store, changes);
      ({ died } = disturbed);
      const first = rowsOf(to, String(disturbed.line['scanId']));
      expect({ first: withoutKept(first), second: withoutKept(await scans(store)) }, `after ${changes} changes`).toEqual({ first: withoutKept(expected.first), second: withoutKept(expected.second) });
      expect(disturbed.line, `after ${changes} changes`).toMatchObject({ complete: true, scanned: 1, failed: 0, warnings: '' });
      expect([...store.files.keys()].filter(name => /^(outbox|scans\/.*parts)/.test(name)), `after ${changes} changes`).toEqual([]);
    }
    expect(changes).toBeGreaterThan(15);
  }, 300_000);

  test('for good leaves its subscription failed, with a row that says so, and the scan incomplete', async () => {
    const to = await sandboxOf();
    const store = memoryStore();
    const [steps] = processesOn(to, store, 1);
    const input = scanInput();
    await steps?.plan(input);
    for (const index of [0, 1, 2, 3, 4].filter(each => each !== placeOf('alpha'))) await steps?.scanSubscription({ scanId: input.scanId, index });
    const closed = await steps?.close({ ...input, problem: null });
    expect(closed).toMatchObject({ ok: true, line: { complete: false, expected: 5, failed: 1 } });
    expect(subscriptionRows(to)).toHaveLength(5);
    expect(subscriptionRows(to).find(row => row['SubscriptionId'] === guid('alpha'))).toMatchObject({ Outcome: 'failed', Reason: expect.stringContaining('No process of the app reported what became of it') });
  });

  test('and leaves a damaged part: its subscription has failed, with the reason', async () => {
    const to = await sandboxOf();
    const store = memoryStore();
    const [steps] = processesOn(to, store, 1);
    const input = scanInput();
    await steps?.plan(input);
    for (const index of [0, 1, 2, 3, 4]) await steps?.scanSubscription({ scanId: input.scanId, index });
    await store.write(scanFilesIn(store).find(each => each.includes('/parts/')) ?? '', new Uint8Array([1, 2, 3]), 'any');
    expect(await steps?.close({ ...input, problem: null })).toMatchObject({ ok: true, line: { complete: false, failed: 1 } });
    expect(subscriptionRows(to).find(row => row['Outcome'] === 'failed')).toMatchObject({ Reason: expect.stringMatching(/parts\/.* cannot be understood/) });
  });

  test('one activity in the middle of a scan that goes on costs one subscription', async () => {
    const to = await sandboxOf();
    const [steps] = processesOn(to, memoryStore(), 1);
    if (!steps) throw new Error('There is no process.');
    const place = placeOf('alpha');
    const killed = { ...steps, scanSubscription: ({ scanId, index }: PartInput) => (index === place ? Promise.reject(new Error('The process was ended.')) : steps.scanSubscription({ scanId, index })) };
    const { line } = await distributed([killed]);
    expect(line).toMatchObject({ complete: false, expected: 5, failed: 1 });
  });
});
