import { describe, expect, test } from 'vitest';
import { Problem } from '../../../src/core/problem.ts';
import type { ScanInput } from '../../../src/scan/durable/messages.ts';
import { timeOf } from '../../../src/scan/durable/scan-id.ts';
import { removeHistories, startOnce, startWhole, type WholeScan } from '../../../src/scan/durable/start.ts';
import { clientOf } from '../../support/durable-client.ts';
import { durableEngine, type Engine } from '../../support/durable-engine.ts';
import { registered } from '../../support/orchestrators.ts';

const began = new Date('2026-11-20T06:00:00Z');
const after = (minutes: number): Date => new Date(began.getTime() + minutes * 60_000);
const settings = (differences: Partial<WholeScan> = {}): WholeScan => ({ deadlineMinutes: 50, message: null, now: began, pauseMs: 1, ...differences });

/** A backend whose scans end when they are told to. */
function backend(): { readonly engine: Engine; readonly end: () => Promise<void> } {
  let release = (): void => {};
  const released = new Promise<void>(resolve => (release = resolve));
  const scan = registered(function* (context) {
    yield context.df.callActivity('work');
    return null;
  });
  const engine = durableEngine({ orchestrators: { scan }, activities: { work: () => released }, now: began });
  return { engine, end: async () => (release(), engine.idle()) };
}

const inputOf = (engine: Engine, id: string): ScanInput => engine.instances.get(id)?.input as ScanInput;

describe('a scan of everything', () => {
  test('is one orchestration with a fixed id, and an id of its own that says when it began', async () => {
    const { engine } = backend();
    const { client } = await clientOf(engine);
    const started = await startWhole(client, settings());
    expect(started).toEqual({ kind: 'started', scanId: expect.any(String), warnings: [] });
    expect([...engine.instances.keys()]).toEqual(['scan']);
    const input = inputOf(engine, 'scan');
    expect(input).toEqual({ scanId: started.kind === 'started' ? started.scanId : '', startedAt: began.toISOString(), request: { kind: 'tenant' }, message: null, warnings: [] });
    expect(timeOf(input.scanId)).toEqual(began);
  });

  test('is not started while one is running, which it says since when', async () => {
    const { engine } = backend();
    const { client } = await clientOf(engine);
    await startWhole(client, settings());
    const first = inputOf(engine, 'scan').scanId;
    expect(await startWhole(client, settings({ now: after(110) }))).toEqual({ kind: 'running', since: engine.instances.get('scan')?.createdTime });
    expect(inputOf(engine, 'scan').scanId).toBe(first);
  });

  test('is started again when the last one has ended', async () => {
    const { engine, end } = backend();
    const { client } = await clientOf(engine);
    await startWhole(client, settings());
    const first = inputOf(engine, 'scan').scanId;
    await end();
    expect(await startWhole(client, settings({ now: after(60) }))).toMatchObject({ kind: 'started', warnings: [] });
    expect(inputOf(engine, 'scan').scanId).not.toBe(first);
  });

  test.each([
    ['Pending', 'running'],
    ['Running', 'running'],
    ['ContinuedAsNew', 'running'],
    ['Suspended', 'running'],
    ['Completed', 'started'],
    ['Failed', 'started'],
    ['Canceled', 'started'],
    ['Terminated', 'started'],
  ])('where the last one is %s: %s', async (runtimeStatus, kind) => {
    const { engine } = backend();
    const status = { name: 'scan', instanceId: 'scan', createdTime: began, lastUpdatedTime: began, input: null, output: null, runtimeStatus };
    const { client } = await clientOf(engine, { 'GET instances/scan': { status: 200, body: status } });
    expect((await startWhole(client, settings({ now: after(10) }))).kind).toBe(kind);
  });

  test('that somebody else starts at the same moment is running', async () => {
    const { engine } = backend();
    const { client } = await clientOf(engine);
    const both = await Promise.all([startWhole(client, settings()), startWhole(client, settings())]);
    expect(both.map(({ kind }) => kind).toSorted()).toEqual(['running', 'started']);
  });

  test('that the backend says is pending, though nobody knows of it yet, is running', async () => {
    const body = { Message: 'Something went wrong while processing your request', ExceptionMessage: 'An Orchestration instance with the status Pending already exists.', ExceptionType: 'System.InvalidOperationException' };
    const { client } = await clientOf(backend().engine, { 'POST orchestrators/scan': { status: 500, body } });
    expect(await startWhole(client, settings())).toEqual({ kind: 'running', since: began });
  });

  test('that a backend cannot tell of is not started', async () => {
    const { engine } = backend();
    const { client } = await clientOf(engine, { 'GET instances/scan': { status: 500, body: 'broken' } });
    await expect(startWhole(client, settings())).rejects.toThrow('500');
    expect(engine.instances.size).toBe(0);
  });

  test('that a backend does not take for another reason is an error', async () => {
    const { client } = await clientOf(backend().engine, { 'POST orchestrators/scan': { status: 503, body: 'busy' } });
    await expect(startWhole(client, settings())).rejects.toThrow('503');
  });
});

describe('a scan that should have ended', () => {
  test('is terminated an hour after its deadline, and the next one tells', async () => {
    const { engine } = backend();
    const { client, endpoint } = await clientOf(engine);
    await startWhole(client, settings());
    const started = await startWhole(client, settings({ now: after(111) }));
    expect(started).toMatchObject({ kind: 'started', warnings: ['The scan of 2026-11-20T06:00:00.000Z had not ended after 111 minutes and was terminated: it has no closing row.'] });
    expect(inputOf(engine, 'scan')).toMatchObject({ startedAt: after(111).toISOString(), warnings: [expect.stringContaining('was terminated')] });
    expect(endpoint.requests).toContain('POST instances/scan/terminate');
  });

  test('and goes on all the same is a problem: there are never two', async () => {
    const { engine } = backend();
    const { client } = await clientOf(engine, { 'POST instances/scan/terminate': { status: 202 } });
    await startWhole(client, settings());
    const first = inputOf(engine, 'scan').scanId;
    await expect(startWhole(client, settings({ now: after(300) }))).rejects.toThrow(Problem);
    await expect(startWhole(client, settings({ now: after(300) }))).rejects.toThrow(/goes on although it was terminated\. Restart the function app/);
    expect(inputOf(engine, 'scan').scanId).toBe(first);
  });
});

describe('a message', () => {
  const account = { kind: 'account', id: '/subscriptions/a/resourceGroups/b/providers/Microsoft.DocumentDB/databaseAccounts/c' } as const;

  test('has an orchestration of its own, beside whatever is running', async () => {
    const { engine } = backend();
    const { client } = await clientOf(engine);
    await startWhole(client, settings());
    expect(await startOnce(client, account, 'message-1', began)).toMatchObject({ kind: 'started' });
    expect([...engine.instances.keys()]).toEqual(['scan', 'scan-message-1']);
    expect(inputOf(engine, 'scan-message-1')).toMatchObject({ request: account, message: 'message-1', warnings: [] });
  });

  test.each([['while its scan is running', false], ['when its scan has ended', true]])('that is delivered again %s starts no second one', async (_, isOver) => {
    const { engine, end } = backend();
    const { client } = await clientOf(engine);
    await startOnce(client, account, 'message-1', began);
    await startWhole(client, settings({ message: 'message-2' }));
    if (isOver) await end();
    const [once, whole] = [inputOf(engine, 'scan-message-1').scanId, inputOf(engine, 'scan').scanId];
    expect(await startOnce(client, account, 'message-1', after(5))).toMatchObject({ kind: 'again' });
    expect(await startWhole(client, settings({ message: 'message-2', now: after(5) }))).toMatchObject({ kind: 'again' });
    expect([inputOf(engine, 'scan-message-1').scanId, inputOf(engine, 'scan').scanId]).toEqual([once, whole]);
  });

  test('that asks for everything after another one did starts a scan when that has ended', async () => {
    const { engine, end } = backend();
    const { client } = await clientOf(engine);
    await startWhole(client, settings({ message: 'message-1' }));
    expect(await startWhole(client, settings({ message: 'message-2', now: after(5) }))).toMatchObject({ kind: 'running' });
    await end();
    expect(await startWhole(client, settings({ message: 'message-2', now: after(5) }))).toMatchObject({ kind: 'started' });
  });

  test('whose id would break an address has one that does not', async () => {
    const { engine } = backend();
    const { client } = await clientOf(engine);
    await startOnce(client, account, 'a/b?c#d', began);
    expect([...engine.instances.keys()]).toEqual(['scan-a-b-c-d']);
  });
});

test('histories of scans that ended two weeks ago are removed, and no others', async () => {
  const { engine, end } = backend();
  const { client } = await clientOf(engine);
  await startWhole(client, settings());
  expect(await removeHistories(client, after(15 * 24 * 60))).toBe(0);
  await end();
  expect(await removeHistories(client, after(13 * 24 * 60))).toBe(0);
  expect(await removeHistories(client, after(15 * 24 * 60))).toBe(1);
  expect(engine.instances.size).toBe(0);
});
