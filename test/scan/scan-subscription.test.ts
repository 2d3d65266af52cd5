import { afterEach, describe, expect, test } from 'vitest';
import { standardBaseline } from '../../src/scan/baseline.ts';
import { accountControls } from '../../src/controls/index.ts';
import type { Assessment } from '../../src/core/assessment.ts';
import type { Judge } from '../../src/core/evaluate.ts';
import type { Fault, Intercepted, SandboxOptions } from '../../src/sandbox/index.ts';
import type { Resource } from '../../src/sandbox/estate/estate.ts';
import { guid } from '../../src/sandbox/estate/ids.ts';
import { associate } from '../../src/sandbox/estate/perimeters.ts';
import { knowledge } from '../../src/scan/knowledge.ts';
import { plan } from '../../src/scan/plan.ts';
import { scanSubscription, type ScannedSubscription } from '../../src/scan/scan-subscription.ts';
import { organisation } from '../support/builders.ts';
import { connected, estateOf, named, type Connection } from '../support/connection.ts';
import { accountIn, perimeterIn } from '../support/estates.ts';

const alpha = guid('alpha');
const orders = accountIn('alpha', 'orders', { properties: { publicNetworkAccess: 'Enabled' } });
const basket = accountIn('alpha', 'basket');
const core = perimeterIn('hub', 'core');
const own = perimeterIn('alpha', 'own');
const resources = [...orders.resources, ...basket.resources, ...core.resources, ...own.resources, ...associate(core, 'apps', orders, 'Enforced')];
const estate = estateOf([named('alpha'), named('hub'), named('empty')], resources);

let azure: Connection | null = null;
afterEach(async () => {
  await azure?.stop();
  azure = null;
});

interface Scanned extends Pick<ScannedSubscription, 'result' | 'unlisted' | 'perimeters'> {
  /** Of accounts. */
  readonly assessments: readonly Assessment[];
  /** About perimeters. */
  readonly gaps: readonly string[];
  /** How often it waited for a turn to be read in depth. */
  readonly deep: number;
  /** Paths of the requests. */
  readonly paths: readonly string[];
}

const judge: Judge = { now: new Date('2026-11-20T06:00:00Z'), organisation: organisation(), settings: standardBaseline.settings };

const enabled = accountControls.filter(control => standardBaseline.settings(control).enabled);

interface Circumstances {
  readonly skip?: string | null;
  readonly signal?: AbortSignal;
  readonly whenPlanned?: () => void;
}

async function scanned(options: Partial<SandboxOptions> = {}, name = 'alpha', { skip = null, signal = new AbortController().signal, whenPlanned }: Circumstances = {}): Promise<Scanned> {
  azure = await connected({ estate, ...options });
  const arm = azure.arm(signal);
  const about = knowledge(arm, await plan(arm, { include: [], exclude: [], managementGroup: null }));
  whenPlanned?.();
  let deep = 0;
  const inDepth = <T>(work: () => Promise<T>): Promise<T> => {
    deep += 1;
    return work();
  };
  const subscription = await scanSubscription({ subscriptionId: guid(name), name, skip }, { arm, knowledge: about, judge, signal, clock: () => new Date('2026-11-20T06:00:01Z'), inDepth }, new Set(), async scanned => scanned);
  const { result, assessments, gaps, unlisted, perimeters } = subscription;
  return {
    result,
    unlisted,
    perimeters,
    deep,
    assessments: assessments.filter(({ resourceType }) => resourceType === 'Microsoft.DocumentDB/databaseAccounts'),
    gaps: gaps.map(({ detail }) => detail).filter(detail => detail.includes('network security perimeters')),
    paths: azure.sandbox.requests().latest.map(({ path }) => path.toLowerCase()),
  };
}

const onPath = (pattern: RegExp, fault: Fault) => ({ faults: { intercept: ({ path }: Intercepted): Fault | null => (pattern.test(path) ? fault : null) } });
const denied: Fault = { status: 403, code: 'AuthorizationFailed' };

describe('what is read in depth', () => {
  test.each([
    { name: 'alpha', accounts: 'accounts', turns: 1 },
    { name: 'empty', accounts: 'no account', turns: 0 },
  ])('a subscription with $accounts waits for $turns turn', async ({ name, turns }) => {
    expect(await scanned({}, name)).toMatchObject({ deep: turns });
  });
});

describe('a subscription that can be read', () => {
  test('gives one assessment per account, each with one finding per control', async () => {
    const { result, assessments } = await scanned();
    expect(result).toEqual({ subscriptionId: alpha, name: 'alpha', outcome: 'scanned', reason: null, accounts: 2, startedAt: new Date('2026-11-20T06:00:01Z'), finishedAt: new Date('2026-11-20T06:00:01Z') });
    expect(assessments.map(({ name }) => name).toSorted()).toEqual(['basket', 'orders']);
    for (const { findings, subscriptionId, resourceType, location } of assessments) {
      expect(findings.map(({ controlId }) => controlId)).toEqual(enabled.map(({ id }) => id));
      expect({ subscriptionId, resourceType, location }).toEqual({ subscriptionId: alpha, resourceType: 'Microsoft.DocumentDB/databaseAccounts', location: 'West Europe' });
    }
  });

  test("sees perimeters of other subscriptions: Enforced decides, not the account's own firewall", async () => {
    const { assessments, gaps } = await scanned();
    expect(assessments.find(({ name }) => name === 'orders')?.exposure).toMatchObject({ reach: 'perimeterRules' });
    expect(assessments.find(({ name }) => name === 'basket')?.exposure).toMatchObject({ reach: 'closed' });
    expect(gaps).toEqual([]);
  });

  test("sees a perimeter that neither Resource Graph nor its subscription's list names: the account does", async () => {
    const { assessments, paths } = await scanned({ estate: { ...estate, unindexed: [core.id] } });
    expect(assessments.find(({ name }) => name === 'orders')?.exposure).toMatchObject({ reach: 'perimeterRules' });
    expect(paths).toContain(`${core.id}/resourceAssociations`.toLowerCase());
  });

  test('costs one request where there is no account', async () => {
    const { result, assessments, paths } = await scanned({}, 'empty');
    expect(result).toMatchObject({ outcome: 'scanned', accounts: 0 });
    expect(assessments).toEqual([]);
    expect(paths.filter(path => path.startsWith(`/subscriptions/${guid('empty')}/`))).toHaveLength(1);
  });
});

describe('a subscription that cannot be read says how it ended and why', () => {
  test.each([
    { when: 'it may not be read', options: { faults: { deniedSubscriptions: [alpha] } }, outcome: 'denied', reason: /Azure answered 403 AuthorizationFailed.* Needs Microsoft\.DocumentDB\/databaseAccounts\/read\.$/ },
    { when: 'it is throttled', options: { faults: { throttledSubscriptions: [alpha] } }, outcome: 'throttled', reason: /Azure asks to wait 3600 s/ },
    { when: 'Azure is broken', options: onPath(/databaseAccounts$/i, { status: 500, code: 'InternalServerError', message: 'Broken.' }), outcome: 'failed', reason: /Azure answered 500 InternalServerError: Broken\.$/ },
    { when: 'it does not exist', options: { estate: estateOf([named('hub')]) }, outcome: 'failed', reason: /Azure answered 404 SubscriptionNotFound/ },
  ])('when $when', async ({ options, outcome, reason }) => {
    const { result, assessments } = await scanned(options);
    expect(result).toMatchObject({ outcome, accounts: 0 });
    expect(result.reason).toMatch(reason);
    expect(assessments).toEqual([]);
  });

  test('when it is skipped, without a single request', async () => {
    const { result, assessments, paths } = await scanned({}, 'alpha', { skip: 'The subscription is deleted.' });
    expect(result).toMatchObject({ outcome: 'skipped', reason: 'The subscription is deleted.' });
    expect(assessments).toEqual([]);
    expect(paths.filter(path => path.startsWith(`/subscriptions/${alpha}`))).toEqual([]);
  });

  test('when its list of accounts has a second page that fails: no half of the accounts', async () => {
    const paged = { ...estate, pageSizes: { 'Microsoft.DocumentDB/databaseAccounts': 1 } };
    let pages = 0;
    const intercept = ({ path }: Intercepted): Fault | null => (/databaseAccounts$/i.test(path) && (pages += 1) > 1 ? denied : null);
    const { result, assessments } = await scanned({ estate: paged, faults: { intercept } });
    expect(result.outcome).toBe('denied');
    expect(assessments).toEqual([]);
  });
});

describe('an ended scan skips the subscription and assesses nothing of it', () => {
  const skipped = { outcome: 'skipped', reason: 'The scan was ended before the subscription was read.', accounts: 0 };

  test('when it ends before', async () => {
    const controller = new AbortController();
    const { result, assessments, paths } = await scanned({}, 'alpha', { signal: controller.signal, whenPlanned: () => controller.abort(new Error('The scan was interrupted.')) });
    expect(result).toMatchObject(skipped);
    expect(assessments).toEqual([]);
    expect(paths.filter(path => path.startsWith(`/subscriptions/${alpha}`))).toEqual([]);
  });

  test.each([
    { when: 'accounts are listed', at: /databaseAccounts$/i },
    { when: 'an account is read', at: /networkSecurityPerimeterConfigurations$/i },
    { when: 'a perimeter is read', at: /resourceAssociations$/i },
  ])('when it ends while $when', async ({ at }) => {
    const controller = new AbortController();
    const intercept = ({ path }: Intercepted): null => {
      if (at.test(path)) controller.abort(new Error('The scan was interrupted.'));
      return null;
    };
    const { result, assessments } = await scanned({ faults: { intercept } }, 'alpha', { signal: controller.signal });
    expect(result).toMatchObject(skipped);
    expect(assessments).toEqual([]);
  });
});

describe('what one account lacks costs no other account anything', () => {
  test('a payload that cannot be understood is assessed as unknown, not dropped', async () => {
    const broken: Resource = { ...orders.resources[0], properties: { ipRules: 'everything' } } as Resource;
    const { result, assessments } = await scanned({ estate: estateOf([named('alpha')], [broken, ...basket.resources]) });
    expect(result).toMatchObject({ outcome: 'scanned', accounts: 2 });
    const assessed = assessments.find(({ name }) => name === 'orders');
    expect(assessed).toMatchObject({ exposure: null, location: null, score: { floor: 0 } });
    for (const { id } of enabled.filter(({ needs }) => needs.includes('account'))) {
      const gap = expect.objectContaining({ fact: 'account', reason: 'malformed', detail: expect.stringContaining('ipRules') });
      expect(assessed?.findings.find(({ controlId }) => controlId === id)).toMatchObject({ status: 'unknown', gaps: expect.arrayContaining([gap]) });
    }
    expect(assessed?.findings.filter(({ status }) => status === 'pass')).toEqual([]);
    expect(assessments.find(({ name }) => name === 'basket')?.exposure).toMatchObject({ reach: 'closed' });
  });

  test("perimeter configurations that may not be read leave the account's reach unknown, with the permission that would tell", async () => {
    const { result, assessments } = await scanned({ faults: { deniedPaths: [`${basket.id}/networkSecurityPerimeterConfigurations`] } });
    expect(result.outcome).toBe('scanned');
    const assessed = assessments.find(({ name }) => name === 'basket');
    expect(assessed?.exposure).toMatchObject({ reach: 'unknown' });
    expect(assessed?.findings.find(({ controlId }) => controlId === 'perimeter-associated')).toMatchObject({
      status: 'unknown',
      gaps: [{ reason: 'denied', permission: 'Microsoft.DocumentDB/databaseAccounts/networkSecurityPerimeterConfigurations/read' }],
    });
    expect(assessments.find(({ name }) => name === 'orders')?.exposure).toMatchObject({ reach: 'perimeterRules' });
  });
});

describe('the perimeters of the subscription', () => {
  const listPerimeters = /\/providers\/microsoft\.network\/networksecurityperimeters$/i;

  test('are listed where there are accounts, because Resource Graph proves no absence', async () => {
    const { paths } = await scanned({ estate: { ...estate, unindexed: [own.id] } });
    expect(paths.filter(path => listPerimeters.test(path))).toHaveLength(1);
    expect(paths.filter(path => path.startsWith(`${own.id}/`.toLowerCase())).length).toBeGreaterThan(0);
  });

  test('are listed in every subscription where Resource Graph fails', async () => {
    const { result, paths, gaps } = await scanned(onPath(/resourcegraph/i, denied), 'empty');
    expect(result.outcome).toBe('scanned');
    expect(paths.filter(path => listPerimeters.test(path))).toHaveLength(1);
    expect(gaps).toEqual([]);
  });

  test('are a gap of the scan where Resource Graph and the list both fail', async () => {
    const { result, gaps } = await scanned(onPath(/resourcegraph|networksecurityperimeters$/i, denied), 'empty');
    expect(result.outcome).toBe('scanned');
    expect(gaps).toEqual([expect.stringMatching(/^Cannot read network security perimeters of .*: Azure answered 403/)]);
  });
});
