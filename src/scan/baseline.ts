import type { Arm } from '../azure/arm.ts';
import { profileBaseline, type Baseline } from '../baseline/effective.ts';
import { allControls } from '../controls/index.ts';
import { attestationsByControl } from '../core/attestation.ts';
import type { Judge } from '../core/evaluate.ts';
import { exemptionsByControl } from '../core/exemption.ts';
import type { Plan } from './plan.ts';

/** What holds until a baseline file says otherwise. */
export const standardBaseline: Baseline = profileBaseline('standard', allControls);

/** Judges by a baseline, at one time, in the tenant that a plan shows. */
export function judgeBy(baseline: Baseline, now: Date, { cloud }: Pick<Arm, 'cloud'>, { visible }: Pick<Plan, 'visible'>): Judge {
  return {
    now,
    organisation: { ...baseline.organisation, cloud: cloud.name, subscriptions: new Set(visible.map(({ id }) => id)) },
    settings: control => baseline.settings(control),
    exemptions: exemptionsByControl(baseline.exemptions),
    attestations: attestationsByControl(baseline.attestations),
  };
}
