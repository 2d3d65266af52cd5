import { afterEach, describe, expect, test } from 'vitest';
import { subscriptionControls } from '../../src/controls/index.ts';
import { guid } from '../../src/sandbox/estate/ids.ts';
import { activityLogAlert, lock } from '../../src/sandbox/estate/monitoring.ts';
import type { Intercepted, SandboxOptions } from '../../src/sandbox/index.ts';
import { standardBaseline } from '../../src/scan/baseline.ts';
import { knowledge } from '../../src/scan/knowledge.ts';
import { plan } from '../../src/scan/plan.ts';
import { scanSubscription } from '../../src/scan/scan-subscription.ts';
import { organisation } from '../support/builders.ts';
import { connected, estateOf, named, type Connection } from '../support/connection.ts';
import { accountIn, groupIn } from '../support/estates.ts';

const alpha = guid('alpha');
const orders = accountIn('alpha', 'orders');
const basket = accountIn('alpha', 'basket');
const alert = activityLogAlert(groupIn('alpha'), 'operations', { scopes: [`/subscriptions/${alpha}`], conditions: [{ field: 'category', equals: 'Administrative' }] });
const own = lock(orders.id, 'own', 'CanNotDelete');
const estate = estateOf([named('alpha'), named('empty')], [...orders.resources, ...basket.resources, alert, own]);

let azure: Connection | null = null;
afterEach(async () => {
  await azure?.stop();
  azure = null;
});

async function scanned(options: Partial<SandboxOptions> = {}, name = 'alpha', displayName = name) {
  azure = await connected({ estate, ...options });
  const signal = new AbortController().signal;
  const arm = azure.arm(signal);
  const about = knowledge(arm, await plan(arm, { include: [], exclude: [], managementGroup: null }));
  const judge = { now: new Date('2026-11-20T06:00:00Z'), organisation: organisation(), settings: standardBaseline.settings };
  const { result, assessments } = await scanSubscription({ subscriptionId: guid(name), name: displayName, skip: null }, { arm, knowledge: about, judge, signal, clock: () => new Date(), inDepth: work => work() }, new Set(), async scanned => scanned);
  const kinds = azure.sandbox.requests().byKind;
  return { result, kinds, assessments, subscription: assessments.find(({ resourceType }) => resourceType === 'Microsoft.Resources/subscriptions') };
}

describe('a subscription with accounts', () => {
  test('is assessed once, beside them, and is no account', async () => {
    const { result, assessments, subscription } = await scanned();
    expect(result).toMatchObject({ outcome: 'scanned', accounts: 2 });
    expect(assessments).toHaveLength(3);
    expect(subscription).toMatchObject({ resourceId: `/subscriptions/${alpha}`, name: 'alpha', subscriptionId: alpha, location: null, exposure: null });
    expect(subscription?.findings.map(({ controlId }) => controlId)).toEqual(subscriptionControls.map(({ id }) => id));
    expect(subscription?.findings.find(({ controlId }) => controlId === 'key-operations-alerted')).toMatchObject({ status: 'pass' });
  });

  test('is called by its id where its name is not visible', async () => {
    expect((await scanned({}, 'alpha', '')).subscription).toMatchObject({ name: alpha });
  });

  test('is asked once for what its accounts share', async () => {
    const { kinds } = await scanned();
    for (const type of ['Microsoft.Authorization/locks', 'Microsoft.Insights/activityLogAlerts', 'Microsoft.Security/pricings']) expect(kinds[`list ${type}`]).toBe(1);
  });

  test('has locks of single accounts in its one list', async () => {
    const { assessments } = await scanned();
    const status = (name: string) => assessments.find(each => each.name === name)?.findings.find(({ controlId }) => controlId === 'delete-lock-present')?.status;
    expect([status('orders'), status('basket')]).toEqual(['pass', 'fail']);
  });

  test('whose alerts may not be read is unknown in that, and in nothing else', async () => {
    const intercept = ({ path }: Intercepted) => (/activityLogAlerts$/i.test(path) ? { status: 403, code: 'AuthorizationFailed' } : null);
    const { subscription, result } = await scanned({ faults: { intercept } });
    expect(result.outcome).toBe('scanned');
    const [gap, ...others] = subscription?.findings.filter(({ status }) => status === 'unknown') ?? [];
    expect(gap).toMatchObject({ controlId: 'key-operations-alerted', gaps: [{ reason: 'denied', permission: 'Microsoft.Insights/activityLogAlerts/read' }] });
    expect(others).toEqual([]);
  });
});

test('a subscription without accounts is not assessed', async () => {
  const { result, assessments } = await scanned({}, 'empty');
  expect(result).toMatchObject({ outcome: 'scanned', accounts: 0 });
  expect(assessments).toEqual([]);
});
