import { QueueClient } from '@azure/storage-queue';
import { describe, expect, test } from 'vitest';
import { guid } from '../../../src/sandbox/estate/ids.ts';
import type { ScanInput } from '../../../src/scan/durable/messages.ts';
import { onMessage, onSchedule, type MessageContext } from '../../../src/scan/durable/triggers.ts';
import hostJson from '../../../host.json' with { type: 'json' };
import { azurite, unusedIn } from '../../support/azurite.ts';
import { clientOf } from '../../support/durable-client.ts';
import { durableEngine, type Engine } from '../../support/durable-engine.ts';
import { registered } from '../../support/orchestrators.ts';

const environment = { LOGS_INGESTION_ENDPOINT: 'https://logs.example.org', LOGS_RULE_ID: 'dcr-1', SCAN_SCHEDULE: '0 0 * * * *', TASKHUB_NAME: 'hub', STATE_FOLDER: '/state', SCAN_EXCLUDE_SUBSCRIPTIONS: guid('beta') };
const account = `/subscriptions/${guid('alpha')}/resourceGroups/rg/providers/Microsoft.DocumentDB/databaseAccounts/orders`;

/** A context that remembers what is logged. */
function contextOf(id: unknown = 'message-1'): { readonly context: MessageContext; readonly logged: readonly (readonly unknown[])[] } {
  const logged: (readonly unknown[])[] = [];
  const log = (level: string) => (...args: unknown[]) => void logged.push([level, ...args]);
  return { context: { invocationId: 'invocation', triggerMetadata: { id }, log: log('log'), warn: log('warn'), error: log('error') }, logged };
}

/** A backend with scans that never end, and a client for it. */
async function backend(answers: Parameters<typeof clientOf>[1] = {}): Promise<Awaited<ReturnType<typeof clientOf>> & { readonly engine: Engine }> {
  const scan = registered(function* (context) {
    yield context.df.callActivity('work');
    return null;
  });
  const engine = durableEngine({ orchestrators: { scan }, activities: { work: () => new Promise(() => {}) }, now: new Date() });
  return { engine, ...(await clientOf(engine, answers)) };
}

describe('the schedule', () => {
  test('starts a scan and says so', async () => {
    const { client, engine } = await backend();
    const { context, logged } = contextOf();
    await onSchedule(client, environment, context, false);
    const { input } = engine.instances.get('scan') ?? { input: null };
    expect(input).toMatchObject({ request: { kind: 'tenant' }, message: null });
    expect(logged).toEqual([['log', 'scan started', { scanId: (input as ScanInput).scanId, isPastDue: false, warnings: '' }]]);
  });

  test('starts none while one is running, and says since when', async () => {
    const { client, engine } = await backend();
    await onSchedule(client, environment, contextOf().context, false);
    const { context, logged } = contextOf();
    await onSchedule(client, environment, context, true);
    expect(logged).toEqual([['warn', 'scan not started: one is running', { since: engine.instances.get('scan')?.createdTime.toISOString() }]]);
  });

  test('removes old histories, and a backend that refuses that stops no scan', async () => {
    const { client, endpoint } = await backend();
    await onSchedule(client, environment, contextOf().context, false);
    expect(endpoint.requests).toContain('DELETE instances/');
    const { context, logged } = contextOf();
    await onSchedule((await backend({ 'DELETE instances': { status: 500, body: 'broken' } })).client, environment, context, false);
    expect(logged.map(([level, message]) => [level, message])).toEqual([['log', 'scan started'], ['warn', 'old histories not removed']]);
  });

  test('with wrong settings starts none', async () => {
    const { client, engine } = await backend();
    await expect(onSchedule(client, { ...environment, LOGS_RULE_ID: '' }, contextOf().context, false)).rejects.toThrow('LOGS_RULE_ID');
    expect(engine.instances.size).toBe(0);
  });
});

describe('a message', () => {
  test.each([
    ['everything', { scope: 'tenant' }, 'scan', 'tenant'],
    ['a subscription', { subscription: guid('alpha') }, 'scan-message-1', 'subscription'],
    ['an account', { account }, 'scan-message-1', 'account'],
  ])('that asks for %s starts a scan of it', async (_, message, id, kind) => {
    const { client, engine } = await backend();
    const { context, logged } = contextOf();
    expect(await onMessage(client, environment, context, message)).toBeNull();
    expect(engine.instances.get(id)?.input).toMatchObject({ request: { kind }, message: 'message-1' });
    expect(logged).toEqual([['log', 'scan started', expect.objectContaining({ kind, message: 'message-1' })]]);
  });

  test('that asks for everything while a scan is running fails, so that the queue delivers it again', async () => {
    const { client } = await backend();
    await onSchedule(client, environment, contextOf().context, false);
    await expect(onMessage(client, environment, contextOf().context, { scope: 'tenant' })).rejects.toThrow(/^A scan is running since .*; the one that message message-1 asks for has to wait\. /);
  });

  test('that asks for an account while a scan is running does not wait', async () => {
    const { client, engine } = await backend();
    await onSchedule(client, environment, contextOf().context, false);
    expect(await onMessage(client, environment, contextOf().context, { account })).toBeNull();
    expect([...engine.instances.keys()]).toEqual(['scan', 'scan-message-1']);
  });

  test.each([[{ scope: 'tenant' }], [{ account }]])('that is delivered twice starts one scan, and is dealt with: %j', async message => {
    const { client, engine } = await backend();
    const { context, logged } = contextOf();
    await onMessage(client, environment, context, message);
    expect(await onMessage(client, environment, context, message)).toBeNull();
    expect(engine.instances.size).toBe(1);
    expect(logged.map(([level, text]) => [level, text])).toEqual([['log', 'scan started'], ['log', 'scan request delivered again']]);
  });

  test.each([
    ['is not understood', { scope: 'moon' }, '{"scope":"moon"}', 'is not understood'],
    ['is a list', [{ account }], JSON.stringify([{ account }]), 'is not understood'],
    ['asks for what is left out', { subscription: guid('beta') }, JSON.stringify({ subscription: guid('beta') }), 'is in SCAN_EXCLUDE_SUBSCRIPTIONS'],
  ])('that %s is given back as it is, with the reason as an error', async (_, message, text, reason) => {
    const { client, engine } = await backend();
    const { context, logged } = contextOf();
    expect(await onMessage(client, environment, context, message)).toBe(text);
    expect(engine.instances.size).toBe(0);
    expect(logged).toEqual([['error', 'scan request refused', { message: 'message-1', problem: expect.stringContaining(reason) }]]);
  });

  test('without an id of its own goes by the invocation', async () => {
    const { client, engine } = await backend();
    await onMessage(client, environment, contextOf(null).context, { account });
    expect([...engine.instances.keys()]).toEqual(['scan-invocation']);
  });
});

describe('the queue', () => {
  /** What the worker makes of a message that the host hands over as text. */
  const handedOver = (text: string): unknown => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return text;
    }
  };

  test('is read as it is written, by host.json', () => {
    expect(hostJson.extensions.queues).toMatchObject({ messageEncoding: 'none', batchSize: 1, visibilityTimeout: '00:05:00', maxDequeueCount: 12 });
  });

  test.each([
    ['as the Azure CLI and most SDKs do', (text: string) => text],
    ['in base64, as the portal does', (text: string) => Buffer.from(text).toString('base64')],
  ])('takes a message that somebody sends %s, once', async (_, encoded) => {
    const { queue, credential } = await azurite();
    const requests = new QueueClient(unusedIn(queue), credential);
    await requests.create();
    await requests.sendMessage(encoded(JSON.stringify({ account })));
    const { client, engine } = await backend();
    const deliver = async (): Promise<string | null> => {
      const { receivedMessageItems: [message] } = await requests.receiveMessages({ visibilityTimeout: 1 });
      if (!message) throw new Error('There is no message.');
      return onMessage(client, environment, contextOf(message.messageId).context, handedOver(message.messageText));
    };
    expect(await deliver()).toBeNull();
    expect([...engine.instances.values()].map(({ input }) => input)).toEqual([expect.objectContaining({ request: { kind: 'account', id: account } })]);
    // Not deleted in time: the queue delivers it again.
    await expect.poll(async () => (await requests.peekMessages()).peekedMessageItems.length, { timeout: 20_000 }).toBe(1);
    expect(await deliver()).toBeNull();
    expect(engine.instances.size).toBe(1);
  });

  test('keeps what could not be used as it came', async () => {
    const { queue, credential } = await azurite();
    const unusable = new QueueClient(unusedIn(queue), credential);
    await unusable.create();
    const { client } = await backend();
    const texts = ['{"scope":"moon"}', 'scan <please> & "soon"', '[{"scope":"tenant"}]'];
    for (const text of texts) await unusable.sendMessage((await onMessage(client, environment, contextOf().context, handedOver(text))) ?? 'nothing');
    expect((await unusable.peekMessages({ numberOfMessages: 10 })).peekedMessageItems.map(({ messageText }) => messageText)).toEqual(texts);
  });
});
