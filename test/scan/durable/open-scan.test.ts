import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { standardBaseline } from '../../../src/scan/baseline.ts';
import { baselineOf } from '../../../src/scan/load-baseline.ts';
import { scanSteps } from '../../../src/scan/durable/steps.ts';
import { memoriesIn } from '../../../src/state/memories.ts';
import { distributed, processesOn, sandboxOf, scanInput, scanRow, workerOn } from '../../support/distributed.ts';
import { memoryStore, type MemoryStore } from '../../support/memory-store.ts';

/** Changes what is in a file as JSON. */
async function changed(store: MemoryStore, name: string, change: (content: Record<string, unknown>) => object): Promise<void> {
  const stored = await store.read(name);
  const content = JSON.parse(gunzipSync(stored?.content ?? new Uint8Array()).toString('utf8')) as Record<string, unknown>;
  await store.write(name, gzipSync(JSON.stringify(change(content))), 'any');
}

async function planned() {
  const to = await sandboxOf();
  const store = memoryStore();
  const input = scanInput();
  const [planner, worker] = processesOn(to, store, 2);
  if (!planner || !worker) throw new Error('There is no process.');
  expect(await planner.plan(input)).toEqual({ ok: true, targets: 5 });
  return { to, store, input, worker, name: `scans/${input.scanId}/plan.json.gz`, scanAll: async () => Promise.all([0, 1, 2, 3, 4].map(index => worker.scanSubscription({ scanId: input.scanId, index }))) };
}

describe('a baseline file', () => {
  const text = 'name: contoso\ncontrols: { exposure-not-public: { enabled: false } }\n';
  const baseline = baselineOf(text);

  test('is what all processes of a scan judge by, though it changes meanwhile', async () => {
    const to = await sandboxOf();
    const store = memoryStore();
    const worker = scanSteps(() => workerOn(to, store, { baseline: async () => ({ baseline: baseline ?? standardBaseline, text, warnings: ['The last good baseline stays in force.'] }) }));
    const [later] = processesOn(to, store, 1);
    if (!later) throw new Error('There is no process.');
    const { line } = await distributed([{ ...later, plan: worker.plan }]);
    expect(line).toMatchObject({ complete: true, baseline: baseline?.label, warnings: 'The last good baseline stays in force.' });
    const findings = to.sandbox.ingested.get('CosmosComplianceFindings_CL') ?? [];
    expect(new Set(findings.map(row => row['Baseline']))).toEqual(new Set([baseline?.label]));
    expect(findings.filter(row => row['ControlId'] === 'exposure-not-public')).toEqual([]);
    expect(scanRow(to, line['scanId'])).toMatchObject({ Baseline: baseline?.label });
  });

  test('that another version does not understand is said, and the subscription not judged by another', async () => {
    const { store, input, worker, name } = await planned();
    await changed(store, name, content => ({ ...content, baselineText: 'controls: { from-the-future: {} }' }));
    expect(await worker.scanSubscription({ scanId: input.scanId, index: 0 })).toEqual({ ok: false, problem: expect.stringMatching(/^The baseline of scan .* is not understood by version .* Let all instances run the same version/) });
  });
});

describe('an app that is updated in the middle of a scan', () => {
  test('says so in the scan', async () => {
    const { store, input, worker, name, scanAll } = await planned();
    await changed(store, name, content => ({ ...content, identity: { ...(content['identity'] as object), version: '0.0.1' } }));
    await scanAll();
    const closed = await worker.close({ ...input, problem: null });
    expect(closed).toMatchObject({ ok: true, line: { complete: true, warnings: expect.stringContaining('the app was updated meanwhile') } });
  });

  test.each([
    ['of a newer format', (content: Record<string, unknown>) => ({ ...content, version: 2 })],
    ['without what it needs', ({ identity: _identity, ...content }: Record<string, unknown>) => content],
    ['with a time that is none', (content: Record<string, unknown>) => ({ ...content, deadline: 'tomorrow' })],
  ])('cannot go on with a plan %s: nothing is scanned by half of one', async (_, change) => {
    const { store, input, worker, name, to } = await planned();
    await changed(store, name, change);
    const { total } = to.sandbox.requests();
    expect(await worker.scanSubscription({ scanId: input.scanId, index: 0 })).toEqual({ ok: false, problem: `${name} cannot be understood: it is damaged, or of another version of the monitor. Let every instance of the app run the same version; the next scan starts anew.` });
    expect(await worker.close({ ...input, problem: null })).toMatchObject({ ok: false });
    expect(to.sandbox.requests().total).toBe(total);
  });
});

test('whether there was a scan before is decided once: another one that ends meanwhile changes nothing', async () => {
  const { to, store, input, worker, scanAll } = await planned();
  await memoriesIn(store).establish();
  await scanAll();
  await worker.close({ ...input, problem: null });
  expect(new Set(to.sandbox.ingested.get('CosmosComplianceFindings_CL')?.map(row => row['Cause']))).toEqual(new Set(['firstScan']));
});

test('a part that cannot be read is scanned again where its activity is run again', async () => {
  const { store, input, worker, scanAll } = await planned();
  await scanAll();
  const [name = ''] = await store.names(`scans/${input.scanId}/parts/`);
  const good = await store.read(name);
  await changed(store, name, content => ({ ...content, version: 0 }));
  await scanAll();
  expect(gunzipSync((await store.read(name))?.content ?? new Uint8Array()).length).toBeGreaterThan(0);
  expect(gunzipSync(good?.content ?? new Uint8Array()).toString()).toContain('"version":1');
  expect(await worker.close({ ...input, problem: null })).toMatchObject({ ok: true, line: { complete: true } });
});
