import type { Arm } from '../azure/arm.ts';
import { collect } from '../collectors/collector.ts';
import { collectors } from '../collectors/index.ts';
import { allControls } from '../controls/index.ts';
import { permits, type Permission } from '../core/azure-actions.ts';
import type { Fact } from '../core/fact.ts';
import type { ScanGap } from '../core/scan.ts';
import { collectedBy } from './collected-by.ts';
import { plan, type ScanScope, type Target } from './plan.ts';

/** An action the identity lacks, and what stays unknown because of it. */
export interface MissingAction {
  readonly action: string;
  /** What cannot be read. */
  readonly reads: readonly string[];
  /** Ids of controls that stay unknown, wherever they need it. */
  readonly controls: readonly string[];
}

/** What the identity can read in one subscription. */
export interface SubscriptionDiagnosis {
  readonly subscriptionId: string;
  readonly name: string;
  /** Not known where the identity's permissions could not be read. */
  readonly missing: Fact<readonly MissingAction[]>;
}

export interface Diagnosis {
  readonly subscriptions: readonly SubscriptionDiagnosis[];
  readonly gaps: readonly ScanGap[];
  /** Collectors whose actions hold for more than one subscription; these cannot be told from a subscription's permissions. */
  readonly collectors: number;
}

/** Asked above subscriptions, so that a subscription's permissions do not decide. */
const aboveSubscriptions: ReadonlySet<string> = new Set(['Microsoft.Management/managementGroups/descendants/read', 'Microsoft.Resources/subscriptions/read', 'Microsoft.Authorization/permissions/read']);

/**
 * Tells, for the current identity, what it can read where, and what stays unknown because of what it cannot.
 * @throws Problem where the subscriptions cannot be listed
 */
export async function diagnose(arm: Arm, scope: ScanScope): Promise<Diagnosis> {
  const { targets, gaps } = await plan(arm, scope);
  const subscriptions = await Promise.all(targets.filter(({ skip }) => skip === null).map(target => diagnoseSubscription(arm, target)));
  return { subscriptions, gaps, collectors: Object.keys(collectors).length };
}

async function diagnoseSubscription(arm: Arm, { subscriptionId, name }: Target): Promise<SubscriptionDiagnosis> {
  const own = await collect(collectors.permissions, arm, subscriptionId);
  return { subscriptionId, name, missing: own.known ? { ...own, value: missingActions(own.value) } : own };
}

/** The actions of all collectors that permissions do not grant. */
export function missingActions(own: readonly Permission[]): MissingAction[] {
  const all = [...new Set(Object.values(collectors).flatMap(({ actions }) => actions))].filter(action => !aboveSubscriptions.has(action)).toSorted();
  return all
    .filter(action => !permits(own, action))
    .map(action => {
      const blocked = Object.entries(collectors).filter(([, { actions }]) => actions.includes(action));
      const names = new Set(blocked.map(([name]) => name));
      return { action, reads: blocked.map(([, { name }]) => name).toSorted(), controls: controlsNeeding(names) };
    });
}

function controlsNeeding(names: ReadonlySet<string>): string[] {
  return allControls
    .filter(({ scope, needs }) => {
      const readers: Readonly<Record<string, readonly string[]>> = collectedBy[scope];
      return needs.some(fact => (readers[fact] ?? []).some(reader => names.has(reader)));
    })
    .map(({ id }) => id)
    .toSorted();
}
