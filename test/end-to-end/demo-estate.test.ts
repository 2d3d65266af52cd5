import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accountControls, clusterControls, perimeterControls, subscriptionControls } from '../../src/controls/index.ts';
import { reaches, type Reach } from '../../src/core/exposure.ts';
import { demoEstate } from '../../src/sandbox/index.ts';
import { hidden, subscriptionIds } from '../../src/sandbox/estate/demo/company.ts';
import { serveSandbox, type ServedSandbox } from '../../src/sandbox/serve.ts';
import { cosmosCompliance, type Ended } from '../support/cli.ts';
import { Document } from '../support/document.ts';

/** Without short pages: the bars on requests are beside pages. */
const estate = { ...demoEstate(), pageSizes: {} };

/** Controls that the sandbox cannot show, and why. */
const neverApplies: Readonly<Record<string, string>> = {
  'classification-tag-present': 'The standard baseline requires no tags.',
  'customer-managed-key-used': 'The standard baseline leaves it off.',
  'firewall-portal-addresses': 'Microsoft publishes no portal addresses for a custom cloud, which the sandbox is.',
  'firewall-ranges-approved': 'The standard baseline names no approved ranges.',
  'regions-allowed': 'The standard baseline names no allowed regions.',
};

let served: ServedSandbox;
let ended: Ended;
let document: Document;
let paths: readonly string[];
beforeAll(async () => {
  served = await serveSandbox({ estate });
  ended = await cosmosCompliance(['scan', '--format', 'json'], { environment: served.environment });
  document = Document.parse(JSON.parse(ended.stdout));
  paths = served.sandbox.requests().latest.map(({ path }) => path.toLowerCase());
});
afterAll(() => served.stop());

const below = (id: string): readonly string[] => paths.filter(path => path.startsWith(`${id.toLowerCase()}/`));
const ofType = (type: string): Document['assessments'] => document.assessments.filter(({ resourceType }) => resourceType.toLowerCase() === type);
const accounts = (): Document['assessments'] => ofType('microsoft.documentdb/databaseaccounts');

describe('the whole company, scanned', () => {
  test('says exactly what could not be read, and nothing else is missing', () => {
    expect(ended.code).toBe(2);
    expect(document.scan.subscriptions).toEqual({ expected: 11, scanned: 9, denied: 1, throttled: 1, failed: 0, skipped: 0 });
    const unread = document.subscriptions.filter(({ outcome }) => outcome !== 'scanned').map(({ name, outcome }) => [name, outcome]);
    expect(unread).toEqual([['contoso-logistics', 'throttled'], ['contoso-treasury', 'denied']].toSorted());
    expect(document.subscriptions.map(({ subscriptionId }) => subscriptionId)).not.toContain(hidden[0]?.subscriptionId);
  });

  test('assesses every account of every subscription it could read, each once', () => {
    const unread = new Set<string>([subscriptionIds.treasury, subscriptionIds.logistics]);
    const expected = estate.resources.filter(({ type, id }) => type === 'Microsoft.DocumentDB/databaseAccounts' && !unread.has(id.split('/')[2] ?? '')).map(({ id }) => id.toLowerCase());
    expect(accounts().map(({ resourceId }) => resourceId.toLowerCase()).toSorted()).toEqual(expected.toSorted());
    expect(document.scan.accounts).toBe(expected.length);
    expect(expected.length).toBeGreaterThanOrEqual(40);
  });

  test('shows every reach', () => {
    const seen = new Set(accounts().flatMap(({ exposure }) => exposure?.reach ?? []));
    expect([...reaches, 'unknown'].filter(reach => !seen.has(reach as Reach))).toEqual([]);
  });

  test.each([...accountControls, ...clusterControls, ...perimeterControls, ...subscriptionControls].map(({ id }) => [id]))('shows both sides of %s', id => {
    const statuses = new Set(document.assessments.flatMap(({ findings }) => findings.filter(({ controlId }) => controlId === id).map(({ status }) => status)));
    const sides = ['pass', 'fail'].filter(status => statuses.has(status));
    expect(sides).toEqual(id in neverApplies ? [] : ['pass', 'fail']);
  });

  test('gives every finding an id of its own, the same in the next scan', async () => {
    const ids = (each: Document): string[] => each.assessments.flatMap(({ findings }) => findings.map(({ id }) => id)).toSorted();
    expect(new Set(ids(document)).size).toBe(ids(document).length);
    const again = await cosmosCompliance(['scan', '--format', 'json'], { environment: served.environment });
    expect(ids(Document.parse(JSON.parse(again.stdout)))).toEqual(ids(document));
  });

  test('changes nothing and reads no key', () => {
    expect(served.sandbox.requests().violations).toEqual([]);
  });
});

describe('what a scan costs in requests', () => {
  test('counts are those that Resource Manager saw', () => {
    expect(document.scan.arm.requests).toBe(paths.length);
  });

  test('at most 5 for an account', () => {
    const dear = accounts().map(({ resourceId }) => below(resourceId)).filter(({ length }) => length > 5);
    expect(dear).toEqual([]);
  });

  test('at most 25 for a subscription with accounts, beside those of its accounts and perimeters', () => {
    const resources = document.assessments.map(({ resourceId }) => resourceId.toLowerCase());
    const withAccounts = document.subscriptions.filter(({ accounts: count }) => count > 0);
    const dear = withAccounts.map(({ subscriptionId }) => below(`/subscriptions/${subscriptionId}`).filter(path => !resources.some(id => path.startsWith(`${id}/`)))).filter(({ length }) => length > 25);
    expect(withAccounts.length).toBeGreaterThan(5);
    expect(dear).toEqual([]);
  });

  test('1 for a subscription without accounts', () => {
    expect(below(`/subscriptions/${subscriptionIds.future}`)).toHaveLength(1);
    const clusters = ofType('microsoft.documentdb/mongoclusters').map(({ resourceId }) => resourceId.toLowerCase());
    // Besides networks that accounts elsewhere use. Resource Graph names a cluster there, so both types are listed.
    const hub = below(`/subscriptions/${subscriptionIds.hub}/providers/microsoft.documentdb`).filter(path => !clusters.some(id => path.startsWith(`${id}/`)));
    const listed = ['cassandraclusters', 'databaseaccounts', 'mongoclusters'].map(type => `/subscriptions/${subscriptionIds.hub}/providers/microsoft.documentdb/${type}`);
    expect(hub.toSorted()).toEqual(listed);
  });

  test('at most 8 for a perimeter with one profile or two, and one more for each further profile', () => {
    const perimeters = ofType('microsoft.network/networksecurityperimeters').map(({ resourceId }) => resourceId.toLowerCase());
    const profilesOf = (perimeter: string): number => estate.resources.filter(({ id }) => id.toLowerCase().startsWith(`${perimeter}/profiles/`) && id.split('/').length === 11).length;
    // What is denied is asked for once more; an address counts once.
    const dear = perimeters.filter(perimeter => new Set(below(perimeter)).size > Math.max(8, 6 + profilesOf(perimeter)));
    expect(perimeters.length).toBeGreaterThanOrEqual(8);
    expect(dear).toEqual([]);
  });

  test('1 for the list of subscriptions, and a few for Resource Graph', () => {
    const ofTenant = paths.filter(path => !path.startsWith('/subscriptions/'));
    expect(new Set(ofTenant)).toEqual(new Set(['/providers/microsoft.resourcegraph/resources', '/subscriptions']));
    expect(ofTenant.length).toBeLessThanOrEqual(4);
  });
});
