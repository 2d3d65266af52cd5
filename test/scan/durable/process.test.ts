import { describe, expect, test } from 'vitest';
import { scanSteps } from '../../../src/scan/durable/steps.ts';
import { distributed, processesOn, sandboxOf, scanFilesIn, scanInput } from '../../support/distributed.ts';
import { memoryStore } from '../../support/memory-store.ts';

describe('a process', () => {
  test('that is given an activity again does nothing again', async () => {
    const to = await sandboxOf();
    const [steps, again] = processesOn(to, memoryStore(), 2);
    const input = scanInput();
    await steps?.plan(input);
    const first = await steps?.scanSubscription({ scanId: input.scanId, index: 0 });
    const { total } = to.sandbox.requests();
    const rows = to.sandbox.ingested.get('CosmosComplianceFindings_CL')?.length;
    expect(await again?.scanSubscription({ scanId: input.scanId, index: 0 })).toEqual(first);
    expect(await again?.plan(input)).toEqual({ ok: true, targets: 5 });
    expect([to.sandbox.requests().total, to.sandbox.ingested.get('CosmosComplianceFindings_CL')?.length]).toEqual([total, rows]);
  });

  test('that plans at the same time as another has the same plan', async () => {
    const to = await sandboxOf();
    const store = memoryStore();
    const input = scanInput();
    const plans = await Promise.all(processesOn(to, store, 3).map(steps => steps.plan(input)));
    expect(plans).toEqual([1, 2, 3].map(() => ({ ok: true, targets: 5 })));
    expect(scanFilesIn(store)).toEqual([`scans/${input.scanId}/plan.json.gz`]);
  });

  test('that closes a closed scan gives what the first one gave, and writes nothing', async () => {
    const to = await sandboxOf();
    const store = memoryStore();
    const [steps, again] = processesOn(to, store, 2);
    const { line, input } = await distributed(steps ? [steps] : []);
    const rows = to.sandbox.ingested.get('CosmosComplianceScans_CL')?.length;
    expect(await again?.close({ ...input, problem: null })).toEqual({ ok: true, line });
    expect(to.sandbox.ingested.get('CosmosComplianceScans_CL')).toHaveLength(rows ?? -1);
  });

  test('never throws: it says what is wrong, and how to mend it', async () => {
    const to = await sandboxOf();
    const store = memoryStore();
    const [steps] = processesOn(to, store, 1);
    const input = scanInput();
    expect(await steps?.scanSubscription({ scanId: input.scanId, index: 0 })).toEqual({ ok: false, problem: expect.stringMatching(/^The plan of scan .* is not there\. Let all instances share one state \(STATE_URL\)/) });
    expect(await steps?.close({ ...input, problem: null })).toMatchObject({ ok: false });
    await steps?.plan(input);
    expect(await steps?.scanSubscription({ scanId: input.scanId, index: 99 })).toEqual({ ok: false, problem: expect.stringContaining('has no subscription 99') });
    const unset = scanSteps(() => {
      throw new Error('Application settings are missing: LOGS_RULE_ID.');
    });
    expect(await unset.plan(input)).toEqual({ ok: false, problem: 'Application settings are missing: LOGS_RULE_ID.' });
    expect(await unset.scanSubscription({ scanId: input.scanId, index: 0 })).toMatchObject({ ok: false });
    expect(await unset.close({ ...input, problem: null })).toMatchObject({ ok: false });
  });

  test('that could not open a scan tries again', async () => {
    const to = await sandboxOf();
    const store = memoryStore();
    const [steps, other] = processesOn(to, store, 2);
    const input = scanInput();
    expect(await steps?.scanSubscription({ scanId: input.scanId, index: 0 })).toMatchObject({ ok: false });
    await other?.plan(input);
    expect(await steps?.scanSubscription({ scanId: input.scanId, index: 0 })).toEqual({ ok: true, outcome: 'scanned' });
  });

  test('that plans sends what earlier scans kept, and one that closes what this one kept', async () => {
    const to = await sandboxOf();
    const store = memoryStore();
    const [steps] = processesOn(to, store, 1);
    if (!steps) throw new Error('There is no process.');
    const waiting = async (): Promise<number> => (await store.names('outbox/')).length;
    to.sandbox.setIngestion(403);
    await distributed([steps]);
    expect(await waiting()).toBeGreaterThan(0);
    to.sandbox.setIngestion(null);
    const input = scanInput();
    await steps.plan(input);
    expect(await waiting()).toBe(0);
    to.sandbox.setIngestion(403);
    for (const index of [0, 1, 2, 3, 4]) await steps.scanSubscription({ scanId: input.scanId, index });
    expect(await waiting()).toBeGreaterThan(0);
    to.sandbox.setIngestion(null);
    expect(await steps.close({ ...input, problem: null })).toMatchObject({ ok: true, line: { complete: true, rowsKept: 0 } });
    expect(await waiting()).toBe(0);
  });
});
