import { afterEach, describe, expect, test } from 'vitest';
import { standardBaseline } from '../../src/scan/baseline.ts';
import type { DefenderPlan } from '../../src/core/defender.ts';
import { known, unknown } from '../../src/core/fact.ts';
import { defenderPlans, type PlanSpec } from '../../src/sandbox/estate/monitoring.ts';
import { guid } from '../../src/sandbox/estate/ids.ts';
import type { Faults, Intercepted } from '../../src/sandbox/index.ts';
import { knowledge } from '../../src/scan/knowledge.ts';
import { plan } from '../../src/scan/plan.ts';
import { protectionByBoth, protectionByPlan, readThreatProtection } from '../../src/scan/threat-protection.ts';
import { account, organisation } from '../support/builders.ts';
import { connected, estateOf, named, type Connection } from '../support/connection.ts';
import { accountIn } from '../support/estates.ts';

const on: DefenderPlan = { tier: 'Standard', coverage: 'FullyCovered' };
const partly: DefenderPlan = { tier: 'Standard', coverage: 'PartiallyCovered' };
const off: DefenderPlan = { tier: 'Free', coverage: 'NotCovered' };
const strange: DefenderPlan = { tier: { unrecognised: 'Premium' }, coverage: null };
const planDenied = unknown('denied', 'No plans.', ['GET plans'], 'Microsoft.Security/pricings/read');
const ownDenied = unknown('denied', 'No setting.', ['GET setting']);

describe('the plan alone decides', () => {
  test.each([
    ['on', on],
    ['on, without a coverage', { tier: 'Standard', coverage: null } as const],
    ['on, in other case', { tier: 'Standard', coverage: 'fullycovered' } as const],
  ])('when it is %s', (_, value) => expect(protectionByPlan(known(value, ['GET plans']))).toEqual(known({ by: 'plan' }, ['GET plans'])));

  test('not at all where there is no such plan: that is not off', () => {
    expect(protectionByPlan(known(null, ['GET plans']))).toMatchObject({ known: false, reason: 'unsupported', sources: ['GET plans'] });
  });

  test.each([['off', known(off)], ['on for some', known(partly)], ['on for none', known({ tier: 'Standard', coverage: 'NotCovered' } as const)], ['strange', known(strange)], ['not known', planDenied]])(
    'not when it is %s',
    (_, fact) => expect(protectionByPlan(fact)).toBeNull(),
  );
});

describe("the account's own setting", () => {
  test.each([['off', known(off)], ['on for some', known(partly)], ['strange', known(strange)], ['not known', planDenied]])('is enough where it is on and the plan is %s', (_, fact) => {
    expect(protectionByBoth(fact, known(true, ['GET setting']))).toEqual(known({ by: 'account' }, ['GET setting']));
  });

  test.each([['off', off], ['on for some', partly]])('leaves nothing where it is off and the plan is %s', (_, value) => {
    expect(protectionByBoth(known(value, ['GET plans']), known(false, ['GET setting']))).toEqual(known({ by: 'nothing', plan: value }, ['GET plans', 'GET setting']));
  });

  test('that is off proves nothing where the plan is not known', () => expect(protectionByBoth(planDenied, known(false))).toBe(planDenied));
  test('that is off proves nothing where the plan is strange', () => expect(protectionByBoth(known(strange), known(false))).toMatchObject({ known: false, reason: 'unsupported' }));
  test('that is not known leaves it open', () => expect(protectionByBoth(known(off), ownDenied)).toBe(ownDenied));
  test('that is not known beside a plan that is not: the plan is named', () => expect(protectionByBoth(planDenied, ownDenied)).toBe(planDenied));
});

describe('in Azure', () => {
  let azure: Connection | null = null;
  afterEach(async () => {
    await azure?.stop();
    azure = null;
  });

  const orders = accountIn('alpha', 'orders', { threatProtection: true });
  const basket = accountIn('alpha', 'basket');

  async function read(cosmos: PlanSpec | null, id: string, apis: readonly ('nosql' | 'mongodb')[] = ['nosql'], faults: Faults = {}) {
    azure = await connected({ estate: estateOf([named('alpha')], [...orders.resources, ...basket.resources, ...defenderPlans(guid('alpha'), cosmos)]), faults });
    const signal = new AbortController().signal;
    const arm = azure.arm(signal);
    const about = knowledge(arm, await plan(arm, { include: [], exclude: [], managementGroup: null }));
    await Promise.all([about.inventory, about.clusterSubscriptions]);
    const judge = { now: new Date('2026-11-20T06:00:00Z'), organisation: organisation(), settings: standardBaseline.settings };
    const fact = await readThreatProtection(account({ id, apis }), { arm, knowledge: about, judge, signal, clock: () => new Date(), inDepth: work => work() });
    const asked = azure.sandbox.requests().latest.map(({ path }) => path.toLowerCase()).filter(path => path.includes('microsoft.security'));
    return { fact, asked: asked.map(path => path.slice(path.lastIndexOf('microsoft.security') + 'microsoft.security/'.length)) };
  }

  const standard: PlanSpec = { tier: 'Standard', coverage: 'FullyCovered' };
  const free: PlanSpec = { tier: 'Free', coverage: 'NotCovered' };

  test('a plan that is on is all that is asked for', async () => {
    expect(await read(standard, basket.id)).toMatchObject({ fact: { known: true, value: { by: 'plan' } }, asked: ['pricings'] });
  });

  test('the account is asked where the plan is off', async () => {
    expect(await read(free, orders.id)).toMatchObject({ fact: { known: true, value: { by: 'account' } }, asked: ['pricings', 'advancedthreatprotectionsettings/current'] });
  });

  test('both may be off', async () => {
    expect((await read(free, basket.id)).fact).toMatchObject({ known: true, value: { by: 'nothing', plan: off } });
  });

  test('nothing is asked for an account of another API', async () => {
    expect(await read(free, basket.id, ['mongodb'])).toEqual({ fact: known({ by: 'notOffered' }), asked: [] });
  });

  test('a cloud without the plan leaves it unknown, whatever the account says', async () => {
    expect(await read(null, basket.id)).toMatchObject({ fact: { known: false, reason: 'unsupported' }, asked: ['pricings'] });
  });

  test('plans that may not be read leave it to the account, and name the permission', async () => {
    const faults = { intercept: ({ path }: Intercepted) => (/pricings$/i.test(path) ? { status: 403, code: 'AuthorizationFailed' } : null) };
    expect((await read(standard, basket.id, ['nosql'], faults)).fact).toMatchObject({ known: false, reason: 'denied', permission: 'Microsoft.Security/pricings/read' });
    await azure?.stop();
    expect((await read(standard, orders.id, ['nosql'], faults)).fact).toMatchObject({ known: true, value: { by: 'account' } });
  });

});
