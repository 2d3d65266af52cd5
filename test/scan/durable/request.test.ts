import { describe, expect, test } from 'vitest';
import { Problem } from '../../../src/core/problem.ts';
import { guid } from '../../../src/sandbox/estate/ids.ts';
import { requestIn, scopeOf, textOf, type ScanRequest } from '../../../src/scan/durable/request.ts';
import type { ScanScope } from '../../../src/scan/plan.ts';

const account = `/subscriptions/${guid('alpha')}/resourceGroups/rg/providers/Microsoft.DocumentDB/databaseAccounts/orders`;
const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('a message', () => {
  test.each<[string, unknown, ScanRequest]>([
    ['everything', { scope: 'tenant' }, { kind: 'tenant' }],
    ['a subscription', { subscription: guid('alpha') }, { kind: 'subscription', id: guid('alpha') }],
    ['a subscription in capitals', { subscription: guid('alpha').toUpperCase() }, { kind: 'subscription', id: guid('alpha') }],
    ['an account', { account }, { kind: 'account', id: account }],
    ['an account in another case', { account: account.toUpperCase() }, { kind: 'account', id: account.toUpperCase() }],
    ['everything, as text', '{"scope":"tenant"}', { kind: 'tenant' }],
    ['everything, as text with space around it', ' {"scope": "tenant"}\n', { kind: 'tenant' }],
    ['an account, in base64', base64(JSON.stringify({ account })), { kind: 'account', id: account }],
    ['everything, in base64 with a line break', `${base64('{"scope":"tenant"}')}\n`, { kind: 'tenant' }],
  ])('asks for %s', (_, message, request) => {
    expect(requestIn(message)).toEqual(request);
  });

  test.each<[string, unknown]>([
    ['nothing', ''],
    ['a word', 'tenant'],
    ['a number', 7],
    ['null', null],
    ['a list', [{ scope: 'tenant' }]],
    ['an empty object', {}],
    ['another scope', { scope: 'everything' }],
    ['a management group, which is a setting', { managementGroup: 'teams' }],
    ['two things at once', { scope: 'tenant', subscription: guid('alpha') }],
    ['more than it may', { subscription: guid('alpha'), force: true }],
    ['a subscription by name', { subscription: 'production' }],
    ['an account by name', { account: 'orders' }],
    ['a resource of another type', { account: account.replace('databaseAccounts', 'mongoClusters') }],
    ['what is below an account', { account: `${account}/sqlDatabases/db` }],
    ['an account behind a path that leads elsewhere', { account: `/subscriptions/${guid('alpha')}/../x${account}` }],
    ['base64 of something else', base64('scan please')],
    ['half of an object', '{"scope":"ten'],
  ])('that holds %s is not understood, and the error says what to send', (_, message) => {
    expect(() => requestIn(message)).toThrow(Problem);
    expect(() => requestIn(message)).toThrow(/^A scan request is not understood: .*\. Send \{"scope":"tenant"\}, \{"subscription":"<subscription id>"\} or \{"account":"<resource id of a Cosmos DB account>"\}\.$/s);
  });

  test('that is very long is told by its beginning', () => {
    expect(() => requestIn('x'.repeat(60_000))).toThrow(/: x{200}…\. Send/);
  });

  test.each([
    ['text', 'scan\nplease', 'scan\nplease'],
    ['JSON', { scope: 'moon' }, '{"scope":"moon"}'],
    ['a list', [1, 2], '[1,2]'],
    ['null', null, 'null'],
  ])('is put away as it came: %s', (_, message, text) => {
    expect(textOf(message)).toBe(text);
  });
});

describe('the scope of a request', () => {
  const everything: ScanScope = { include: [], exclude: [], managementGroup: null };
  const subscription = (name: string): ScanRequest => ({ kind: 'subscription', id: guid(name) });
  const ofAccount: ScanRequest = { kind: 'account', id: account };

  test.each<[string, ScanRequest, Partial<ScanScope>, ScanScope]>([
    ['everything is what the app is set up to scan', { kind: 'tenant' }, { include: [guid('alpha')], exclude: [guid('beta')], managementGroup: 'teams' }, { include: [guid('alpha')], exclude: [guid('beta')], managementGroup: 'teams' }],
    ['a subscription', subscription('alpha'), {}, { ...everything, include: [guid('alpha')] }],
    ['a subscription, which has to be below the management group', subscription('alpha'), { managementGroup: 'teams' }, { include: [guid('alpha')], exclude: [], managementGroup: 'teams' }],
    ['a subscription of those that are scanned', subscription('alpha'), { include: [guid('beta'), guid('alpha').toUpperCase()] }, { ...everything, include: [guid('alpha')] }],
    ['an account', ofAccount, {}, { ...everything, accounts: [account] }],
    ['an account, whose subscription has to be below the management group', ofAccount, { managementGroup: 'teams' }, { include: [], exclude: [], managementGroup: 'teams', accounts: [account] }],
    ['an account of a subscription that is scanned', ofAccount, { include: [guid('alpha')], exclude: [guid('beta')] }, { ...everything, accounts: [account] }],
  ])('%s', (_, request, configured, scope) => {
    expect(scopeOf(request, { ...everything, ...configured })).toEqual(scope);
  });

  test.each<[string, ScanRequest, Partial<ScanScope>, string]>([
    ['a subscription that is not among those that are scanned', subscription('beta'), { include: [guid('alpha')] }, 'is not in SCAN_SUBSCRIPTIONS. Change SCAN_SUBSCRIPTIONS, or ask for what it covers.'],
    ['a subscription that is left out', subscription('beta'), { exclude: [guid('beta').toUpperCase()] }, 'is in SCAN_EXCLUDE_SUBSCRIPTIONS. Change SCAN_EXCLUDE_SUBSCRIPTIONS'],
    ['an account of a subscription that is not among those that are scanned', ofAccount, { include: [guid('beta')] }, 'is not in SCAN_SUBSCRIPTIONS'],
    ['an account of a subscription that is left out', { kind: 'account', id: account.toUpperCase() }, { exclude: [guid('alpha')] }, 'is in SCAN_EXCLUDE_SUBSCRIPTIONS'],
  ])('%s is refused, with the setting that says so', (_, request, configured, says) => {
    expect(() => scopeOf(request, { ...everything, ...configured })).toThrow(Problem);
    expect(() => scopeOf(request, { ...everything, ...configured })).toThrow(says);
  });
});
