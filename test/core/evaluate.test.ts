import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Resource } from '../../src/core/assessment.ts';
import { control, fail, manualControl, notApplicable, pass, type Control, type EvaluationContext } from '../../src/core/control.ts';
import { assess, type ControlSettings, type Judge } from '../../src/core/evaluate.ts';
import { exemptionsByControl, type Exemption } from '../../src/core/exemption.ts';
import { known, unknown } from '../../src/core/fact.ts';
import { findingId, type Verdict } from '../../src/core/finding.ts';
import { account, accountFacts, accountId, exposure, foreignSubscriptionId, organisation, subscriptionId } from '../support/builders.ts';
import { exemption } from '../support/exemptions.ts';

const resource: Resource = { resourceId: accountId, resourceType: 'Microsoft.DocumentDB/databaseAccounts', name: 'orders', subscriptionId, location: 'westeurope' };

function named(id: string, evaluate: (name: string, context: EvaluationContext<{ limit: number }>) => Verdict): Control<'account'> {
  return control({
    id,
    scope: 'account',
    title: `${id} holds.`,
    severity: 'medium',
    rationale: 'Because.',
    remediation: { text: 'Do it.' },
    references: ['https://learn.microsoft.com/azure/cosmos-db/'],
    requirements: ['ASB NS-1'],
    parameters: z.object({ limit: z.int().default(3) }),
    needs: ['account', 'firewall'],
    evaluate: ({ account: { name } }, context) => evaluate(name, context),
  });
}

function judging(settings: Partial<ControlSettings> = {}): Judge {
  return {
    now: new Date('2026-11-20T06:00:00Z'),
    organisation: organisation(),
    settings: ({ severity }) => ({ enabled: true, severity, parameters: {}, ...settings }),
  };
}

const passing = named('a-passes', name => pass({ name }));
const failing = named('b-fails', name => fail('It is bad.', { name }));
const outside = named('c-does-not-apply', name => notApplicable('It is another kind.', { name }));
const broken = named('d-is-broken', () => {
  throw new Error('No such thing.');
});

describe('assess', () => {
  test('reports one finding for each control, in order, and what each saw', () => {
    const { findings } = assess(resource, null, accountFacts(), [passing, failing, outside, broken], judging());
    const common = { severity: 'medium', requirements: ['ASB NS-1'] };
    expect(findings).toEqual([
      {
        ...common,
        id: findingId(accountId, 'a-passes'),
        controlId: 'a-passes',
        status: 'pass',
        message: 'a-passes holds.',
        observed: { name: 'orders' },
        sources: ['GET account', 'GET firewall'],
      },
      {
        ...common,
        id: findingId(accountId, 'b-fails'),
        controlId: 'b-fails',
        status: 'fail',
        message: 'It is bad.',
        observed: { name: 'orders' },
        sources: ['GET account', 'GET firewall'],
      },
      {
        ...common,
        id: findingId(accountId, 'c-does-not-apply'),
        controlId: 'c-does-not-apply',
        status: 'notApplicable',
        message: 'It is another kind.',
        observed: { name: 'orders' },
        sources: ['GET account', 'GET firewall'],
      },
      {
        ...common,
        id: findingId(accountId, 'd-is-broken'),
        controlId: 'd-is-broken',
        status: 'unknown',
        message: 'Not known: The control stopped with an error: No such thing.',
        observed: {},
        gaps: [{ fact: 'account, firewall', reason: 'failed', detail: 'The control stopped with an error: No such thing.' }],
        sources: [],
      },
    ]);
  });

  test('keeps the resource, its exposure and its score together', () => {
    const reach = exposure({ reach: 'internet' });
    expect(assess(resource, reach, accountFacts(), [passing], judging())).toMatchObject({ ...resource, exposure: reach, score: { floor: 49, ceiling: 100, coverage: 1 } });
  });

  test('leaves out controls that are switched off', () => {
    const { findings, score } = assess(resource, null, accountFacts(), [passing, failing], judging({ enabled: false }));
    expect(findings).toEqual([]);
    expect(score).toEqual({ floor: null, ceiling: null, coverage: 1 });
  });

  test('asks for the settings of each control', () => {
    const judge: Judge = { ...judging(), settings: ({ id, severity }) => ({ enabled: id !== 'a-passes', severity, parameters: {} }) };
    expect(assess(resource, null, accountFacts(), [passing, failing], judge).findings.map(({ controlId }) => controlId)).toEqual(['b-fails']);
  });

  test('takes the severity from the settings, in the finding and in the score', () => {
    const judge: Judge = { ...judging(), settings: ({ id }) => ({ enabled: true, severity: id === 'a-passes' ? 'critical' : 'low', parameters: {} }) };
    const { findings, score } = assess(resource, null, accountFacts(), [passing, failing], judge);
    expect(findings.map(({ severity }) => severity)).toEqual(['critical', 'low']);
    expect(score).toMatchObject({ floor: 90, ceiling: 91 });
  });

  test('passes parameters with their defaults, the time and the organisation', () => {
    const control = named('e-shows', (_, { now, parameters, organisation: { cloud } }) => pass({ now: now.toISOString(), limit: parameters.limit, cloud }));
    const observed = (parameters: unknown) => assess(resource, null, accountFacts(), [control], judging({ parameters })).findings[0]?.observed;
    expect(observed({})).toEqual({ now: '2026-11-20T06:00:00.000Z', limit: 3, cloud: 'public' });
    expect(observed({ limit: 5 })).toMatchObject({ limit: 5 });
  });

  test('is unknown for parameters that are none', () => {
    expect(assess(resource, null, accountFacts(), [passing], judging({ parameters: { limit: 'many' } })).findings).toMatchObject([{ status: 'unknown', gaps: [{ reason: 'failed' }] }]);
  });

  test('does not call a control that lacks a fact, and names every gap and what closes it', () => {
    const facts = { ...accountFacts(), account: unknown('denied', 'Account orders may not be read.', [], 'Microsoft.DocumentDB/databaseAccounts/read'), firewall: unknown('throttled', 'Azure answered 429.') };
    expect(assess(resource, null, facts, [broken], judging()).findings).toMatchObject([
      {
        status: 'unknown',
        message: 'Not known: Account orders may not be read. Needs Microsoft.DocumentDB/databaseAccounts/read. Azure answered 429.',
        gaps: [
          { fact: 'account', reason: 'denied', detail: 'Account orders may not be read.', permission: 'Microsoft.DocumentDB/databaseAccounts/read' },
          { fact: 'firewall', reason: 'throttled', detail: 'Azure answered 429.' },
        ],
      },
    ]);
  });

  test('names a source once', () => {
    const facts = { ...accountFacts(), account: known(account(), ['GET a', 'GET b']), firewall: known({ ranges: [], azureDatacenters: false }, ['GET b']) };
    expect(assess(resource, null, facts, [passing], judging()).findings[0]?.sources).toEqual(['GET a', 'GET b']);
  });

  test('survives a control that throws something else than an error', () => {
    const odd: Control<'account'> = {
      ...passing,
      judge() {
        throw foreignSubscriptionId;
      },
    };
    expect(assess(resource, null, accountFacts(), [odd], judging()).findings).toMatchObject([{ status: 'unknown', gaps: [{ detail: `The control stopped with an error: ${foreignSubscriptionId}` }] }]);
  });
});

describe('exemptions', () => {
  const all = [passing, failing, outside, broken];
  const everything = all.map(({ id }) => id);
  const judged = (exemptions: readonly Exemption[], tags?: Record<string, string>) =>
    assess({ ...resource, ...(tags && { tags }) }, null, accountFacts(), all, { ...judging(), exemptions: exemptionsByControl(exemptions) });
  const bare = judged([]);

  test('stand on what fails or is unknown, and on nothing else', () => {
    const { findings } = judged([exemption({ controls: everything })]);
    expect(findings.map(({ status, exemption: applied }) => [status, applied?.id])).toEqual([['pass', undefined], ['fail', 'legacy'], ['notApplicable', undefined], ['unknown', 'legacy']]);
  });

  test('change the score and no status', () => {
    expect(bare.score).toMatchObject({ floor: 33, ceiling: 67 });
    const { findings, score } = judged([exemption({ controls: ['b-fails'] })]);
    expect(findings.map(({ status }) => status)).toEqual(bare.findings.map(({ status }) => status));
    expect(score).toMatchObject({ floor: 50, ceiling: 100 });
  });

  test('that have expired change nothing but what the finding says', () => {
    const { findings, score } = judged([exemption({ controls: ['b-fails'], expiresOn: '2026-11-19' })]);
    expect(score).toEqual(bare.score);
    expect(findings[1]?.exemption).toMatchObject({ id: 'legacy', state: 'expired' });
  });

  test('hold by the tags of the resource', () => {
    const tagged = exemption({ controls: ['b-fails'], scope: { resourceId: null, tag: { name: 'environment', value: 'test' } } });
    expect(judged([tagged], { Environment: 'test' }).findings[1]?.exemption).toBeDefined();
    expect(judged([tagged], { Environment: 'production' }).findings[1]?.exemption).toBeUndefined();
    expect(judged([tagged]).findings[1]?.exemption).toBeUndefined();
  });

  test('that are for somebody else leave a finding as it was', () => {
    const others = [exemption({ controls: ['another'] }), exemption({ controls: everything, scope: { resourceId: `/subscriptions/${foreignSubscriptionId}`, tag: null } })];
    expect(judged(others)).toEqual(bare);
    expect(assess(resource, null, accountFacts(), all, judging())).toEqual(bare);
  });

  test('give the same whatever their order, and never change a status', () => {
    const any = fc.record({
      id: fc.constantFrom('a', 'b', 'c'),
      controls: fc.subarray(everything, { minLength: 1 }),
      scope: fc.constantFrom({ resourceId: accountId, tag: null }, { resourceId: `/subscriptions/${subscriptionId}`, tag: null }, { resourceId: `${accountId}x`, tag: null }),
      expiresOn: fc.constantFrom('2026-01-01', '2026-11-20', '2030-01-01'),
    });
    fc.assert(
      fc.property(fc.uniqueArray(any.map(exemption), { selector: ({ id }) => id }), exemptions => {
        const one = judged(exemptions);
        expect(judged(exemptions.toReversed())).toEqual(one);
        expect(one.findings.map(finding => ({ ...finding, exemption: undefined }))).toEqual(bare.findings.map(finding => ({ ...finding, exemption: undefined })));
        expect(one.score.coverage).toBe(bare.score.coverage);
      }),
    );
  });
});

describe('manual controls', () => {
  const guard = manualControl({
    id: 'guard-awake',
    title: 'The guard is awake.',
    severity: 'high',
    rationale: 'Because.',
    remediation: { text: 'Wake him.' },
    references: ['https://example.org'],
    requirements: ['SEC respond-to-attacks'],
    procedure: ['Look.'],
  });
  const tenant: Resource = { resourceId: '/tenants/1', resourceType: 'Microsoft.Resources/tenants', name: 'tenant', subscriptionId: '', location: null };
  const attestation = { control: 'guard-awake', by: 'jane', on: '2026-01-01', until: '2026-12-31', evidence: 'photo' };
  const judged = (judge: Partial<Judge>) => assess(tenant, null, {}, [guard], { ...judging(), ...judge });

  test('are manual, outside the score, where nobody attests them', () => {
    const { findings, score } = judged({});
    expect(findings).toEqual([
      { id: findingId('/tenants/1', 'guard-awake'), controlId: 'guard-awake', severity: 'high', status: 'manual', message: expect.stringContaining('Nobody'), observed: { procedure: ['Look.'] }, requirements: ['SEC respond-to-attacks'], sources: [] },
    ]);
    expect(score).toEqual({ floor: null, ceiling: null, coverage: 1 });
  });

  test('pass, and count, while somebody attests them', () => {
    const { findings, score } = judged({ attestations: new Map([['guard-awake', [attestation]]]) });
    expect(findings).toMatchObject([{ status: 'pass', message: 'The guard is awake.', observed: { attestation: { by: 'jane', on: '2026-01-01', until: '2026-12-31', evidence: 'photo' } } }]);
    expect(score).toEqual({ floor: 100, ceiling: 100, coverage: 1 });
  });

  test('do not pass by the attestation of another control', () => {
    expect(judged({ attestations: new Map([['door-locked', [attestation]]]) }).findings).toMatchObject([{ status: 'manual' }]);
  });

  test('carry no exemption: they never fail', () => {
    const exemptions = exemptionsByControl([exemption({ controls: ['guard-awake'], scope: { resourceId: '/tenants/1', tag: null } })]);
    expect(judged({ exemptions }).findings[0]?.exemption).toBeUndefined();
  });
});
