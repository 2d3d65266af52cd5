import { describe, expect, test } from 'vitest';
import type { Control, Organisation } from '../../src/core/control.ts';
import type { Observed } from '../../src/core/finding.ts';
import type { FactsOf, Scope, SnapshotOf } from '../../src/core/snapshot.ts';
import { accountFacts, clusterFacts, organisation, perimeterFacts, subscriptionFacts } from './builders.ts';

interface Case<S extends Scope> {
  /** Completes "passes when …". */
  readonly when: string;
  /** Differences from a compliant resource. */
  readonly given?: Partial<FactsOf[S]>;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly organisation?: Partial<Organisation>;
  /** The scan's time. */
  readonly at?: string;
  /** Part of what the control must have observed. */
  readonly observing?: Observed;
}

interface Specification<S extends Scope> {
  readonly passes: readonly [Case<S>, ...Case<S>[]];
  /** `says`: part of the message. */
  readonly fails: readonly [Case<S> & { readonly says: string }, ...(Case<S> & { readonly says: string })[]];
  readonly doesNotApply?: readonly (Case<S> & { readonly because: string })[];
}

/** A control's behaviour as a table. Unknown needs no case: no-false-pass.test.ts tries every fact and reason. */
export function specify<S extends Scope>(control: Control<S>, { passes, fails, doesNotApply = [] }: Specification<S>): void {
  const judge = ({ given, parameters, organisation: org, at = '2026-11-20T06:00:00Z' }: Case<S>) =>
    control.judge(snapshotOf(control.scope, given), { now: new Date(at), parameters: parameters ?? {}, organisation: organisation(org) });

  describe(control.id, () => {
    for (const each of passes) {
      test(`passes when ${each.when}`, () => {
        expect(judge(each)).toMatchObject({ status: 'pass', observed: each.observing ?? {} });
      });
    }
    for (const each of fails) {
      test(`fails when ${each.when}`, () => {
        expect(judge(each)).toMatchObject({ status: 'fail', message: expect.stringContaining(each.says), observed: each.observing ?? {} });
      });
    }
    for (const each of doesNotApply) {
      test(`does not apply when ${each.when}`, () => {
        expect(judge(each)).toMatchObject({ status: 'notApplicable', because: expect.stringContaining(each.because), observed: each.observing ?? {} });
      });
    }
  });
}

function snapshotOf<S extends Scope>(scope: S, given: Partial<FactsOf[S]> | undefined): SnapshotOf<S> {
  const make: { readonly [Name in Scope]: (differences: Partial<FactsOf[Name]> | undefined) => SnapshotOf<Name> } = { account: accountFacts, cluster: clusterFacts, perimeter: perimeterFacts, subscription: subscriptionFacts, tenant: () => ({}) };
  return make[scope](given);
}
