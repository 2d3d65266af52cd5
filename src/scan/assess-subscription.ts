import type { ListedAccount } from '../collectors/accounts.ts';
import { collectors } from '../collectors/index.ts';
import { subscriptionControls } from '../controls/index.ts';
import type { Assessment } from '../core/assessment.ts';
import { assess } from '../core/evaluate.ts';
import { known } from '../core/fact.ts';
import type { SnapshotOf } from '../core/snapshot.ts';
import type { Target } from './plan.ts';
import { protectedZones } from './protected-zones.ts';
import type { ScanServices } from './services.ts';
import { together } from './together.ts';

/** Judges what a subscription with accounts has for all of them. A new fact is one more line here. */
export async function assessSubscription({ subscriptionId, name }: Target, accounts: readonly ListedAccount[], { knowledge, judge }: ScanServices): Promise<Assessment> {
  const snapshot = await together<SnapshotOf<'subscription'>>({
    accountIds: known(accounts.map(({ id }) => id)),
    activityLogAlerts: knowledge.once(collectors.activityLogAlerts, subscriptionId),
    locks: knowledge.once(collectors.locks, subscriptionId),
    privateDnsZones: protectedZones(subscriptionId, accounts, knowledge),
  });
  const resource = { resourceId: `/subscriptions/${subscriptionId}`, resourceType: 'Microsoft.Resources/subscriptions', name: name || subscriptionId, subscriptionId, location: null };
  return assess(resource, null, snapshot, subscriptionControls, judge);
}
