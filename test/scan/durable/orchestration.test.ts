import type { OrchestrationContext } from 'durable-functions';
import { describe, expect, test } from 'vitest';
import type { CloseInput, PartInput, ScanInput } from '../../../src/scan/durable/messages.ts';
import { durableEngine, type Engine, type EngineSettings, type Instance } from '../../support/durable-engine.ts';
import { orchestrators, registered } from '../../support/orchestrators.ts';

const input: ScanInput = { scanId: '019aa000-0000-7000-8000-000000000001', startedAt: '2026-11-20T06:00:00.000Z', request: { kind: 'tenant' }, message: null, warnings: [] };

/** Activities that do as they are told, and what they were asked. */
function world({ targets = 0, ...differences }: { readonly targets?: number } & Partial<Record<'plan' | 'part' | 'close', (input: never, time: number) => unknown>>) {
  const calls: { readonly name: string; readonly input: unknown }[] = [];
  const times = new Map<string, number>();
  const activity = (name: string, act: (input: never, time: number) => unknown) => async (given: unknown) => {
    calls.push({ name, input: given });
    times.set(name, (times.get(name) ?? 0) + 1);
    return act(given as never, times.get(name) ?? 0);
  };
  const activities = {
    'plan-scan': activity('plan-scan', differences.plan ?? (() => ({ ok: true, targets }))),
    'scan-subscription': activity('scan-subscription', differences.part ?? (() => ({ ok: true, outcome: 'scanned' }))),
    'close-scan': activity('close-scan', differences.close ?? (({ scanId, problem }: CloseInput) => ({ ok: true, line: { scanId, problem } }))),
  };
  const of = <T>(name: string): T[] => calls.filter(call => call.name === name).map(call => call.input as T);
  return { activities, calls, plans: () => of<ScanInput>('plan-scan'), parts: () => of<PartInput>('scan-subscription').map(({ index }) => index).toSorted((a, b) => a - b), closings: () => of<CloseInput>('close-scan') };
}

async function scanned(activities: EngineSettings['activities'], differences: Partial<EngineSettings> = {}): Promise<{ readonly engine: Engine; readonly scan: Instance }> {
  const engine = durableEngine({ orchestrators, activities, ...differences });
  const scan = engine.start('scan', 'scan', input);
  await engine.idle();
  return { engine, scan };
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, place) => place);

describe('a scan over many instances', () => {
  test('plans, scans every subscription of the plan once, and closes', async () => {
    const { activities, calls, plans, parts, closings } = world({ targets: 200 });
    const { scan } = await scanned(activities);
    expect(scan).toMatchObject({ status: 'Completed', output: { scanId: input.scanId, problem: null } });
    expect(plans()).toEqual([input]);
    expect(parts()).toEqual(upTo(200));
    expect(closings()).toEqual([{ ...input, problem: null }]);
    expect([calls[0]?.name, calls.at(-1)?.name]).toEqual(['plan-scan', 'close-scan']);
  });

  test('of an empty tenant plans and closes', async () => {
    const { activities, calls } = world({ targets: 0 });
    const { scan } = await scanned(activities);
    expect(scan.status).toBe('Completed');
    expect(calls.map(({ name }) => name)).toEqual(['plan-scan', 'close-scan']);
  });

  test.each([1, 74, 75, 76, 150, 151])('of %i subscriptions leaves none out and none twice', async targets => {
    const { activities, parts } = world({ targets });
    const { engine } = await scanned(activities);
    expect(parts()).toEqual(upTo(targets));
    expect([...engine.instances.values()].filter(({ name }) => name === 'scan-batch')).toHaveLength(Math.ceil(targets / 75));
  });

  test('has all subscriptions in work at once, as far as the platform lets it', async () => {
    let [atWork, most] = [0, 0];
    let release = (): void => {};
    const all = new Promise<void>(resolve => (release = resolve));
    const { activities } = world({
      targets: 100,
      part: async () => {
        most = Math.max(most, (atWork += 1));
        if (atWork === 100) release();
        // One that waits for all others would wait for ever where they do not come.
        await Promise.race([all, new Promise(resolve => setTimeout(resolve, 200))]);
        atWork -= 1;
        return { ok: true, outcome: 'scanned' };
      },
    });
    await scanned(activities);
    expect(most).toBe(100);
  });

  test('asks an activity for no more than a scan and a place: a history is read over and over', async () => {
    const { activities, calls } = world({ targets: 2 });
    await scanned(activities);
    expect(calls.filter(({ name }) => name === 'scan-subscription').map(call => call.input)).toEqual([{ scanId: input.scanId, index: 0 }, { scanId: input.scanId, index: 1 }]);
  });

  test('says how far it is', async () => {
    const { activities } = world({ targets: 80, part: ({ index }: PartInput) => ({ ok: true, outcome: index < 3 ? 'denied' : 'scanned' }) });
    const { engine } = await scanned(activities);
    const { scanId } = input;
    expect(engine.statuses).toEqual([
      { scanId, phase: 'planning' },
      { scanId, phase: 'scanning', subscriptions: 80 },
      { scanId, phase: 'closing', subscriptions: 80, scanned: 77, denied: 3 },
      { scanId, phase: 'closed' },
    ]);
  });

  test('logs each line once, however often it is replayed', async () => {
    const lines: unknown[] = [];
    const { scan } = await scanned(world({ targets: 300 }).activities, { delivery: 'eachAlone', log: (_level, [message]) => lines.push(message) });
    expect(scan.replays).toBeGreaterThan(5);
    expect(lines).toEqual(['scan planned', 'scan finished']);
  });
});

describe('what goes wrong', () => {
  const died = (): never => {
    throw new Error('The process was ended.');
  };

  test('a plan that cannot be made is closed, with the reason', async () => {
    const { activities, calls, closings } = world({ plan: () => ({ ok: false, problem: 'No subscription can be listed.' }) });
    const { scan } = await scanned(activities);
    expect(calls.map(({ name }) => name)).toEqual(['plan-scan', 'close-scan']);
    expect(closings()).toMatchObject([{ problem: 'No subscription can be listed.' }]);
    expect(scan.status).toBe('Completed');
  });

  test('a process that is ended while it plans costs the scan, not its closing', async () => {
    const { activities, closings } = world({ plan: died });
    const { scan } = await scanned(activities);
    expect(closings()).toMatchObject([{ problem: expect.stringContaining('The process was ended.') }]);
    expect(scan.status).toBe('Completed');
  });

  test.each([['eachAlone'], ['together']] as const)('a process that is ended while it scans costs one subscription; the close waits for all others (%s)', async delivery => {
    const ended: number[] = [];
    let endedAtClose = -1;
    const { activities, parts } = world({
      targets: 100,
      part: async ({ index }: PartInput) => {
        if (index === 5) died();
        await new Promise(resolve => setTimeout(resolve, index % 7));
        ended.push(index);
        return { ok: true, outcome: 'scanned' };
      },
      close: ({ scanId }: CloseInput) => {
        endedAtClose = ended.length;
        return { ok: true, line: { scanId } };
      },
    });
    const { engine, scan } = await scanned(activities, { delivery });
    expect(parts()).toEqual(upTo(100));
    expect(endedAtClose).toBe(99);
    expect(engine.statuses).toContainEqual(expect.objectContaining({ phase: 'closing', scanned: 99, unreported: 1 }));
    expect(scan.status).toBe('Completed');
  });

  test('several that are ended, too, at any place', async () => {
    const { activities, parts } = world({ targets: 76, part: ({ index }: PartInput) => ([0, 1, 40, 74, 75].includes(index) ? died() : { ok: true, outcome: 'scanned' }) });
    const { engine } = await scanned(activities, { delivery: 'eachAlone' });
    expect(parts()).toEqual(upTo(76));
    expect(engine.statuses).toContainEqual(expect.objectContaining({ phase: 'closing', scanned: 71, unreported: 5 }));
  });

  test('an activity that says what went wrong is unreported, and its batch goes on', async () => {
    const { activities } = world({ targets: 3, part: ({ index }: PartInput) => (index === 1 ? { ok: false, problem: 'The state cannot be used.' } : { ok: true, outcome: 'scanned' }) });
    const { engine } = await scanned(activities);
    expect(engine.statuses).toContainEqual(expect.objectContaining({ phase: 'closing', scanned: 2, unreported: 1 }));
  });

  test('a batch that fails as a whole leaves the others alone, and the scan is closed', async () => {
    const { activities, closings } = world({ targets: 225 });
    const broken = registered(function* (context: OrchestrationContext) {
      if (context.df.getInput<{ from: number }>().from === 75) throw new Error('The batch broke.');
      return yield* (function* () {
        yield context.df.callActivity('scan-subscription', { index: 0 });
        return { scanned: 75 };
      })();
    });
    const { engine, scan } = await scanned(activities, { orchestrators: { ...orchestrators, 'scan-batch': broken } });
    expect([...engine.instances.values()].map(({ name, status }) => `${name} ${status}`).toSorted()).toEqual(['scan Completed', 'scan-batch Completed', 'scan-batch Completed', 'scan-batch Failed']);
    expect(closings()).toHaveLength(1);
    expect(engine.statuses).toContainEqual(expect.objectContaining({ phase: 'closing', scanned: 150 }));
    expect(scan.status).toBe('Completed');
  });

  test.each([
    ['says that it failed', () => ({ ok: false, problem: 'The state cannot be used.' })],
    ['is ended with its process', died],
  ])('a close that %s twice is tried again, with the same', async (_, fail) => {
    const { activities, closings } = world({ targets: 1, close: ({ scanId }: CloseInput, time) => (time < 3 ? fail() : { ok: true, line: { scanId } }) });
    const { scan } = await scanned(activities);
    expect(closings()).toEqual(Array.from({ length: 3 }, () => ({ ...input, problem: null })));
    expect(scan).toMatchObject({ status: 'Completed', output: { scanId: input.scanId } });
  });

  test('a close that never works with the parts is tried without them, and says why', async () => {
    const { activities, closings } = world({ targets: 1, close: ({ problem }: CloseInput) => (problem === null ? { ok: false, problem: 'The parts cannot be read.' } : { ok: true, line: { problem } }) });
    const { scan } = await scanned(activities);
    expect(closings().map(({ problem }) => problem)).toEqual([null, null, null, 'The parts cannot be read.']);
    expect(scan).toMatchObject({ status: 'Completed', output: { problem: 'The parts cannot be read.' } });
  });

  test('a close that never works at all fails the orchestration, which whoever watches the app sees', async () => {
    const { activities, closings } = world({ targets: 1, close: () => ({ ok: false, problem: 'Nothing works.' }) });
    const warned: unknown[] = [];
    const { scan } = await scanned(activities, { log: (level, args) => level === 'warn' && warned.push(args) });
    expect(closings()).toHaveLength(4);
    expect(scan).toMatchObject({ status: 'Failed', failure: expect.stringContaining(`Scan ${input.scanId} could not be closed`) });
    expect(warned).toEqual([1, 2, 3, 4].map(attempt => ['scan not closed', { scanId: input.scanId, attempt, problem: 'Nothing works.' }]));
  });
});

describe('determinism', () => {
  test.each([['eachAlone'], ['together']] as const)('whatever the order in which activities end, a replay asks for the same (%s)', async delivery => {
    const { activities } = world({
      targets: 160,
      part: async ({ index }: PartInput) => {
        await new Promise(resolve => setTimeout(resolve, (index * 37) % 11));
        if (index % 50 === 49) throw new Error('The process was ended.');
        return { ok: true, outcome: 'scanned' };
      },
      close: (_, time) => (time < 2 ? { ok: false, problem: 'Not yet.' } : { ok: true, line: {} }),
    });
    const { engine, scan } = await scanned(activities, { delivery, concurrency: 24 });
    expect(scan.status).toBe('Completed');
    for (const { failure } of engine.instances.values()) expect(failure).toBeNull();
  });

  test('an orchestrator that asks for something else on a replay is found out', async () => {
    let count = 0;
    const moody = registered(function* (context: OrchestrationContext) {
      yield context.df.callActivity('scan-subscription', { index: (count += 1) });
      yield context.df.callActivity('scan-subscription', { index: 0 });
      return null;
    });
    const { scan } = await scanned(world({}).activities, { orchestrators: { scan: moody } });
    expect(scan).toMatchObject({ status: 'Failed', failure: expect.stringMatching(/^Non-deterministic: action 0/) });
  });
});

test('at 5,000 subscriptions no history has more than 150 kB', async () => {
  const { activities, parts } = world({ targets: 5_000 });
  const { engine, scan } = await scanned(activities, { concurrency: 24 });
  expect(scan.status).toBe('Completed');
  expect(parts()).toHaveLength(5_000);
  for (const { name, historyBytes } of engine.instances.values()) expect(historyBytes, name).toBeLessThan(150_000);
  expect(scan.historyBytes).toBeGreaterThan(10_000);
}, 300_000);
