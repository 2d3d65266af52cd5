import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Resource } from '../../src/core/assessment.ts';
import { control, fail, notApplicable, pass, type Control, type EvaluationContext } from '../../src/core/control.ts';
import { assess, type ControlSettings, type Judge } from '../../src/core/evaluate.ts';
import { known, unknown } from '../../src/core/fact.ts';
import { findingId, type Verdict } from '../../src/core/finding.ts';
import { account, accountFacts, accountId, exposure, foreignSubscriptionId, organisation, subscriptionId } from '../support/builders.ts';

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
