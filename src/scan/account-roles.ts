import { collect, type Collector } from '../collectors/collector.ts';
import { collectors } from '../collectors/index.ts';
import type { Account, Api } from '../core/account.ts';
import { derive, known, unknown, type Fact } from '../core/fact.ts';
import { nameOf, subscriptionOf } from '../core/resource-id.ts';
import { hasMongoUsers, type ControlPlaneGrant, type DataPlaneGrant, type MongoUser, type RoleAssignment } from '../core/roles.ts';
import type { ScanServices } from './services.ts';

const roles: Readonly<Record<Api, Collector<string, DataPlaneGrant[]>>> = {
  cassandra: collectors.cassandraRoles,
  gremlin: collectors.gremlinRoles,
  mongodb: collectors.mongoRoles,
  nosql: collectors.nosqlRoles,
  table: collectors.tableRoles,
};

/** Rights over the account's data, through every API it serves; not known where one of them is not. */
export async function dataPlaneRolesOf({ id, apis }: Account, { arm }: ScanServices): Promise<Fact<readonly DataPlaneGrant[]>> {
  const read = await Promise.all(apis.map(api => collect(roles[api], arm, id)));
  const missing = read.find(fact => !fact.known);
  if (missing && !missing.known) return missing;
  return known(read.flatMap(fact => (fact.known ? fact.value : [])), read.flatMap(({ sources }) => sources));
}

/** Users exist where the account has turned MongoDB's own access control on: others are not asked. */
export async function mongoUsersOf(account: Account, { arm }: ScanServices): Promise<Fact<readonly MongoUser[]>> {
  return hasMongoUsers(account) ? collect(collectors.mongoUsers, arm, account.id) : known([]);
}

/** Who has power over the account, by its subscription's role assignments. */
export async function controlPlaneRolesOf({ id }: Account, { knowledge }: ScanServices): Promise<Fact<readonly ControlPlaneGrant[]>> {
  const subscription = subscriptionOf(id);
  if (subscription === null) return unknown('malformed', `${id} names no subscription.`);
  return grantsOver(id, await knowledge.once(collectors.controlPlaneRoles, subscription));
}

/** The role assignments that reach an account and give some power over it. */
export function grantsOver(accountId: string, assignments: Fact<readonly RoleAssignment[]>): Fact<readonly ControlPlaneGrant[]> {
  if (!assignments.known) return assignments;
  const reaching = assignments.value.filter(({ scope }) => reaches(scope, accountId));
  const undefinedRole = reaching.find(({ powers }) => powers === null);
  if (undefinedRole) {
    return unknown('contradictory', `A role assignment that reaches account ${nameOf(accountId)} names role ${undefinedRole.role}, whose definition Azure does not list.`, assignments.sources);
  }
  return derive(assignments, () =>
    reaching.flatMap(({ powers, ...assignment }): ControlPlaneGrant[] =>
      powers !== null && Object.values(powers).includes(true) ? [{ ...assignment, powers, inherited: subscriptionOf(assignment.scope) === null }] : [],
    ),
  );
}

/** A subscription's list holds what is made above it too: all of that reaches the account. */
function reaches(scope: string, accountId: string): boolean {
  if (subscriptionOf(scope) === null) return true;
  const [above, id] = [scope.toLowerCase().replace(/\/+$/, ''), accountId.toLowerCase()];
  return id === above || id.startsWith(`${above}/`);
}
