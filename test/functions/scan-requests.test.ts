import { expect, onTestFinished, test } from 'vitest';
import { guid } from '../../src/sandbox/estate/ids.ts';
import { serveSandbox } from '../../src/sandbox/serve.ts';
import { estateOf, named } from '../support/connection.ts';
import { accountIn } from '../support/estates.ts';
import { temporaryFolder } from '../support/folder.ts';
import { loadApp, scanLine, type LoadedApp } from '../support/functions-host.ts';

const orders = accountIn('alpha', 'orders');
const estate = estateOf([named('alpha'), named('beta')], [...orders.resources, ...accountIn('alpha', 'stock').resources, ...accountIn('beta', 'basket').resources]);
const messageId = '5b0ba9e5-0f5d-4d3c-8f0e-6e3f9a0d8c11';

/** The function, triggered by a message as the worker hands it over: JSON is parsed on the way. */
async function called(message: unknown, settings: Readonly<Record<string, string>> = {}): Promise<LoadedApp> {
  const served = await serveSandbox({ estate });
  onTestFinished(() => served.stop());
  const environment = { ...served.environment, SCAN_SCHEDULE: '0 0 */6 * * *', TASKHUB_NAME: 'hub', STATE_FOLDER: temporaryFolder(), ...settings };
  return loadApp('functions/main.ts', environment, { name: 'scan-requests', trigger: message, metadata: { id: messageId, dequeueCount: 1 } });
}

test.each([
  ['everything', { scope: 'tenant' }, 'scan', { scope: 'tenant', expected: 2, accounts: 3 }],
  ['an account', { account: orders.id }, `scan-${messageId}`, { scope: 'accounts', expected: 1, accounts: 1 }],
  ['a subscription, in base64 as the portal writes it', Buffer.from(JSON.stringify({ subscription: guid('beta') })).toString('base64'), `scan-${messageId}`, { scope: 'subscriptions', expected: 1, accounts: 1 }],
])('a message that asks for %s gets a scan of it', async (_, message, id, line) => {
  const app = await called(message);
  expect(app.error).toBeNull();
  expect(app.instances[0]).toMatchObject({ id, name: 'scan', status: 'Completed' });
  expect(scanLine(app)).toMatchObject({ complete: true, ...line });
  expect(app.outputs).toEqual({});
});

test.each([
  ['is a list, which would be put out as several', [{ scope: 'tenant' }], {}, '[{"scope":"tenant"}]', 'is not understood'],
  ['asks for what the app does not scan', { subscription: guid('beta') }, { SCAN_SUBSCRIPTIONS: guid('alpha') }, JSON.stringify({ subscription: guid('beta') }), 'is not in SCAN_SUBSCRIPTIONS'],
])('a message that %s is put with those that could not be used, as it is, and the reason is logged', async (_, message, settings, text, reason) => {
  const app = await called(message, settings);
  expect(app).toMatchObject({ error: null, instances: [], outputs: { 'scan-requests-poison': text } });
  expect(app.logged).toEqual([['scan request refused', { message: messageId, problem: expect.stringContaining(reason) }]]);
});
