import { afterEach, describe, expect, test } from 'vitest';
import { connect } from '../../src/azure/arm.ts';
import { Problem } from '../../src/core/problem.ts';
import type { SandboxOptions } from '../../src/sandbox/index.ts';
import { guid } from '../../src/sandbox/estate/ids.ts';
import { plan, type Plan, type ScanScope } from '../../src/scan/plan.ts';
import { connected, estateOf, named, type Connection } from '../support/connection.ts';

const all: ScanScope = { include: [], exclude: [], managementGroup: null };
const company = estateOf([named('alpha'), named('beta'), named('gone', 'Deleted'), named('gamma', 'Warned')], [], {
  hidden: [named('board')],
  managementGroups: [
    { name: 'company', displayName: 'Company', parent: null, subscriptions: [guid('alpha')] },
    { name: 'teams', displayName: 'Teams', parent: 'company', subscriptions: [guid('beta'), guid('board')] },
    { name: 'empty', displayName: 'Empty', parent: 'company', subscriptions: [] },
  ],
  pageSizes: { 'Microsoft.Resources/subscriptions': 3, 'Microsoft.Management/managementGroups/descendants': 2 },
});

let azure: Connection | null = null;
afterEach(async () => {
  await azure?.stop();
  azure = null;
});

async function planned(scope: Partial<ScanScope>, options: SandboxOptions = { estate: company }): Promise<Plan> {
  azure = await connected(options);
  return plan(azure.arm(), { ...all, ...scope });
}

const names = ({ targets }: Plan): string[] => targets.map(({ name, subscriptionId }) => name || subscriptionId).toSorted();

describe('what is to be read', () => {
  test('is everything the identity sees, on every page, in order of id', async () => {
    const made = await planned({});
    expect(names(made)).toEqual(['alpha', 'beta', 'gamma', 'gone']);
    const ids = made.targets.map(({ subscriptionId }) => subscriptionId);
    expect(ids).toEqual(ids.toSorted());
    expect(made.visible).toHaveLength(4);
    expect(made.gaps).toEqual([]);
  });

  test('a deleted subscription is skipped, with the reason; a warned one is read', async () => {
    const { targets } = await planned({});
    expect(targets.flatMap(({ name, skip }) => (skip === null ? [] : [[name, skip]]))).toEqual([['gone', 'The subscription is deleted.']]);
  });

  test('narrows to what is included, whatever the case, each once', async () => {
    expect(names(await planned({ include: [guid('beta').toUpperCase(), guid('beta')] }))).toEqual(['beta']);
  });

  test('keeps a subscription that is asked for and not visible: reading it says why', async () => {
    const made = await planned({ include: [guid('beta'), guid('elsewhere')] });
    expect(made.targets.find(({ subscriptionId }) => subscriptionId === guid('elsewhere'))).toEqual({ subscriptionId: guid('elsewhere'), name: '', skip: null });
    expect(made.targets).toHaveLength(2);
  });

  test('leaves out what is excluded, whatever the case', async () => {
    expect(names(await planned({ exclude: [guid('beta').toUpperCase(), guid('gone'), guid('elsewhere')] }))).toEqual(['alpha', 'gamma']);
  });

  test('an exclusion wins over an inclusion', async () => {
    expect(names(await planned({ include: [guid('alpha'), guid('beta')], exclude: [guid('beta')] }))).toEqual(['alpha']);
  });

  test('is what is below a management group, on every level and page, visible or not', async () => {
    expect(names(await planned({ managementGroup: 'company' }))).toEqual(['alpha', 'beta', 'board']);
  });

  test('nothing below a management group is nothing to read', async () => {
    expect((await planned({ managementGroup: 'empty' })).targets).toEqual([]);
  });

  test('with both, a subscription outside the group is a gap and not silence', async () => {
    const made = await planned({ managementGroup: 'teams', include: [guid('beta'), guid('alpha').toUpperCase()] });
    expect(names(made)).toEqual(['beta']);
    expect(made.gaps).toEqual([{ reason: 'missing', detail: `Subscription ${guid('alpha')} is not below management group teams.` }]);
  });

  test('nothing visible is an empty plan, which the close calls incomplete', async () => {
    expect(await planned({}, { estate: estateOf([]) })).toEqual({ targets: [], visible: [], gaps: [] });
  });
});

describe('without a denominator there is no scan', () => {
  async function problem(scope: Partial<ScanScope>, options: SandboxOptions = { estate: company }): Promise<string> {
    const error: unknown = await planned(scope, options).then(() => null, (thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Problem);
    return (error as Problem).message;
  }
  const always = (status: number, code: string) => ({ estate: company, faults: { intercept: () => ({ status, code }) } });

  test('subscriptions that may not be listed', async () => {
    expect(await problem({}, always(403, 'AuthorizationFailed'))).toMatch(/^Cannot read subscriptions of the tenant: Azure answered 403 AuthorizationFailed.* Grant Microsoft\.Resources\/subscriptions\/read to the identity\.$/);
  });

  test('subscriptions that are throttled', async () => {
    expect(await problem({}, always(429, 'TooManyRequests'))).toMatch(/Azure answered 429.* Run the scan again later\.$/);
  });

  test('a Resource Manager that is broken', async () => {
    expect(await problem({}, always(500, 'InternalServerError'))).toMatch(/Azure answered 500.* Check that AZURE_CLOUD and ARM_ENDPOINT name a Resource Manager endpoint\.$/);
  });

  test('a management group that does not exist', async () => {
    expect(await problem({ managementGroup: 'teems' })).toMatch(/of teems: Azure answered 404.* Check the name of the management group, or the ARM_ENDPOINT\.$/);
  });

  test('no token', async () => {
    azure = await connected({ estate: company });
    const unavailable = Object.assign(new Error('No identity was found.\nDetails.'), { name: 'CredentialUnavailableError' });
    const arm = connect({ cloud: azure.cloud, credential: { getToken: () => Promise.reject(unavailable) }, signal: new AbortController().signal, concurrency: 4 });
    await expect(plan(arm, all)).rejects.toThrow(/no token: No identity was found\.? Sign in with `az login`/);
    await expect(plan(arm, all)).rejects.toThrow(Problem);
  });

  test('nobody at the endpoint', async () => {
    azure = await connected({ estate: company });
    const cloud = { ...azure.cloud, armEndpoint: 'https://127.0.0.1:1' };
    const arm = connect({ cloud, credential: azure.credential, signal: new AbortController().signal, concurrency: 4, retry: { attempts: 0, baseMs: 1, longestWaitMs: 1 } });
    await expect(plan(arm, all)).rejects.toThrow(/ECONNREFUSED.* Check AZURE_CLOUD, ARM_ENDPOINT, the proxy and NODE_EXTRA_CA_CERTS\.$/);
  });
});
