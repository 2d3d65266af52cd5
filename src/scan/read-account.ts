import { collect } from '../collectors/collector.ts';
import { collectors } from '../collectors/index.ts';
import type { Account } from '../core/account.ts';
import type { Fact } from '../core/fact.ts';
import { subscriptionOf } from '../core/resource-id.ts';
import type { ReadAccountFacts } from '../core/snapshot.ts';
import { previewOf } from './account-preview.ts';
import { controlPlaneRolesOf, dataPlaneRolesOf, mongoUsersOf } from './account-roles.ts';
import { readPrivateAccess, type PrivateAccessFacts } from './read-private-access.ts';
import type { ScanServices } from './services.ts';
import { readThreatProtection } from './threat-protection.ts';
import { together } from './together.ts';

/** Reads every fact about an account that controls need, beside its perimeter configurations. */
export async function readAccount(account: Fact<Account>, services: ScanServices): Promise<ReadAccountFacts> {
  const { arm, knowledge } = services;
  if (!account.known) {
    return {
      ...(await readPrivateAccess(account, knowledge)),
      account,
      activityLogSettings: account,
      controlPlaneRoles: account,
      dataPlaneRoles: account,
      diagnosticSettings: account,
      locks: account,
      mongoUsers: account,
      preview: account,
      subnets: account,
      threatProtection: account,
    };
  }
  const { id } = account.value;
  const subscription = subscriptionOf(id) ?? '';
  const own = together<Omit<ReadAccountFacts, keyof PrivateAccessFacts>>({
    account,
    activityLogSettings: knowledge.once(collectors.diagnosticSettings, `/subscriptions/${subscription}`),
    controlPlaneRoles: controlPlaneRolesOf(account.value, services),
    dataPlaneRoles: dataPlaneRolesOf(account.value, services),
    diagnosticSettings: collect(collectors.diagnosticSettings, arm, id),
    locks: knowledge.once(collectors.locks, subscription),
    mongoUsers: mongoUsersOf(account.value, services),
    preview: previewOf(account.value, services),
    subnets: knowledge.subnetsOf(account.value),
    threatProtection: readThreatProtection(account.value, services),
  });
  const [rest, privateAccess] = await Promise.all([own, readPrivateAccess(account, knowledge)]);
  return { ...rest, ...privateAccess };
}
