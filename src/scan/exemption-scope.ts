import type { Exemption } from '../core/exemption.ts';
import { subscriptionOf } from '../core/resource-id.ts';
import type { Plan, ScanScope } from './plan.ts';

/**
 * Whether a complete scan has seen everything that an exemption could match. A scan that was narrowed has not seen
 * what lies outside, so it says nothing of exemptions that are for there, or for a tag anywhere.
 */
export function sawAllOf({ include, exclude, managementGroup }: ScanScope, { targets }: Pick<Plan, 'targets'>): (exemption: Exemption) => boolean {
  const whole = include.length === 0 && exclude.length === 0 && managementGroup === null;
  const read = new Set(targets.flatMap(({ subscriptionId, skip }) => (skip === null ? [subscriptionId] : [])));
  return ({ scope: { resourceId } }) => whole || (resourceId !== null && read.has(subscriptionOf(resourceId) ?? ''));
}
