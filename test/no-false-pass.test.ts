import { describe, expect, test } from 'vitest';
import { accountControls, clusterControls, perimeterControls, subscriptionControls, tenantControls } from '../src/controls/index.ts';
import type { Resource } from '../src/core/assessment.ts';
import type { Control } from '../src/core/control.ts';
import { assess, type Judge } from '../src/core/evaluate.ts';
import { reasons, unknown, type Reason } from '../src/core/fact.ts';
import type { Scope, SnapshotOf } from '../src/core/snapshot.ts';
import { accountFacts, accountId, clusterFacts, mongoCluster, organisation, perimeterFacts, perimeterId, subscriptionFacts, subscriptionId } from './support/builders.ts';

const judge: Judge = {
  now: new Date('2026-11-20T06:00:00Z'),
  organisation: organisation(),
  settings: ({ severity }) => ({ enabled: true, severity, parameters: {} }),
};

neverPassesUnknown('account', accountControls, accountFacts());
neverPassesUnknown('cluster', clusterControls, clusterFacts());
neverPassesUnknown('perimeter', perimeterControls, perimeterFacts());
neverPassesUnknown('subscription', subscriptionControls, subscriptionFacts());

test('a tenant that nobody attests anything of passes nothing and scores nothing', () => {
  const { findings, score } = assess(resource('tenant'), null, {}, tenantControls, judge);
  expect(findings.map(({ controlId }) => controlId)).toEqual(tenantControls.map(({ id }) => id));
  expect(new Set(findings.map(({ status }) => status))).toEqual(new Set(['manual']));
  expect(score).toEqual({ floor: null, ceiling: null, coverage: 1 });
});

function neverPassesUnknown<S extends Scope>(scope: S, controls: readonly Control<S>[], facts: SnapshotOf<S>): void {
  const context = { now: judge.now, organisation: judge.organisation, parameters: {} };
  const inspected = resource(scope);

  describe.each(controls.map(control => [control.id, control] as const))('%s', (_, control) => {
    const cases = control.needs.flatMap(need => reasons.map(reason => [need, reason] as const));

    test('knows every fact it needs by name', () => {
      expect(control.needs.filter(need => !(need in facts))).toEqual([]);
    });

    test.each(cases)('is unknown when %s is %s', (need, reason) => {
      expect(control.judge(withGap(facts, need, reason), context)).toEqual({ status: 'unknown', gaps: [gap(need, reason)] });
    });

    test('names every gap when it knows nothing', () => {
      expect(control.judge(nothing(facts, 'throttled'), context)).toEqual({ status: 'unknown', gaps: control.needs.map(need => gap(need, 'throttled')) });
    });

    test('is unknown when it throws', () => {
      const broken: Control<S> = { ...control, judge: () => { throw new Error('broken'); } };
      const { findings } = assess(inspected, null, facts, [broken], judge);
      expect(findings).toMatchObject([{ controlId: control.id, status: 'unknown', gaps: [{ fact: control.needs.join(', '), reason: 'failed', detail: expect.stringContaining('broken') }] }]);
    });

    test('is not unknown when it knows everything', () => {
      expect(control.judge(facts, context).status).not.toBe('unknown');
    });
  });

  const configurable = controls.filter(({ parameters }) => Object.keys(parameters.shape).length > 0);
  test.each(configurable.map(control => [control.id, control] as const))('%s is unknown when its parameters are none', (_, control) => {
    const parameters = Object.fromEntries(Object.keys(control.parameters.shape).map(name => [name, Symbol(name)]));
    const settings = { enabled: true, severity: control.severity, parameters };
    expect(assess(inspected, null, facts, [control], { ...judge, settings: () => settings }).findings).toMatchObject([{ status: 'unknown', gaps: [{ reason: 'failed' }] }]);
  });

  describe.each(reasons)(`a ${scope} of which everything is %s`, reason => {
    const { findings, score } = assess(inspected, null, nothing(facts, reason), controls, judge);

    test('has one finding for each control, all unknown', () => {
      expect(findings.map(({ controlId }) => controlId)).toEqual(controls.map(({ id }) => id));
      expect(new Set(findings.map(({ status }) => status))).toEqual(new Set(['unknown']));
    });

    test('says what is missing in each', () => {
      for (const { message, gaps } of findings) {
        expect(message).toMatch(/^Not known: /);
        expect(gaps).not.toEqual([]);
      }
    });

    test('has a floor of 0, a ceiling of 100 and covers nothing', () => {
      expect(score).toEqual({ floor: 0, ceiling: 100, coverage: 0 });
    });
  });
}

function gap(fact: string, reason: Reason) {
  return { fact, reason, detail: `${fact} could not be read.`, permission: 'Some/thing/read' };
}

function missing(fact: string, reason: Reason) {
  return unknown(reason, `${fact} could not be read.`, [`GET ${fact}`], 'Some/thing/read');
}

function withGap<S extends Scope>(facts: SnapshotOf<S>, fact: string, reason: Reason): SnapshotOf<S> {
  return { ...facts, [fact]: missing(fact, reason) };
}

function nothing<S extends Scope>(facts: SnapshotOf<S>, reason: Reason): SnapshotOf<S> {
  return Object.fromEntries(Object.keys(facts).map(fact => [fact, missing(fact, reason)])) as SnapshotOf<S>;
}

function resource(scope: Scope): Resource {
  const ids: Readonly<Record<Scope, string>> = { account: accountId, cluster: mongoCluster().id, perimeter: perimeterId, subscription: `/subscriptions/${subscriptionId}`, tenant: '/tenants/33333333-3333-3333-3333-333333333333' };
  return { resourceId: ids[scope], resourceType: scope, name: scope, subscriptionId, location: 'westeurope' };
}
