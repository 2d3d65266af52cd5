import { z } from 'zod';
import { permits, type Permission } from '../core/azure-actions.ts';
import { known } from '../core/fact.ts';
import { nameOf } from '../core/resource-id.ts';
import type { AccountPowers, RoleAssignment } from '../core/roles.ts';
import { settled, type Collector } from './collector.ts';
import { absent, elements, list } from './schema.ts';

const apiVersion = '2022-04-01';

const AssignmentOnWire = z
  .object({
    // Left out where the principal's type was never resolved.
    properties: z.object({ principalId: z.string(), principalType: absent(z.string(), 'Unknown'), roleDefinitionId: z.string(), scope: z.string() }),
  })
  .transform(({ properties }) => properties);

const DefinitionOnWire = z
  .object({ name: z.string(), properties: z.object({ roleName: z.string(), permissions: z.array(z.object({ actions: z.array(z.string()), notActions: list(z.string()) })) }) })
  .transform(({ name, properties: { roleName, permissions } }) => ({ id: name.toLowerCase(), role: roleName, powers: powersOf(permissions) }));

/** @see https://learn.microsoft.com/azure/role-based-access-control/permissions/databases#microsoftdocumentdb */
const listingKeys = ['listKeys/action', 'listConnectionStrings/action', 'readonlykeys/action'];

function powersOf(permissions: readonly Permission[]): AccountPowers {
  const may = (action: string): boolean => permits(permissions, `Microsoft.DocumentDB/databaseAccounts/${action}`);
  return { listsKeys: listingKeys.some(may), readsReadOnlyKeys: may('readonlykeys/read'), writesAccount: may('write') };
}

/**
 * The Azure role assignments that reach a subscription or are made in it, with what the roles can do to Cosmos DB
 * accounts, by subscription id. Assignments at management groups are listed with their own scope. Definitions are
 * reduced at once: a subscription has hundreds.
 */
export const controlPlaneRoles: Collector<string, RoleAssignment[]> = {
  name: 'role assignments',
  actions: ['Microsoft.Authorization/roleAssignments/read', 'Microsoft.Authorization/roleDefinitions/read'],
  async read(arm, subscriptionId) {
    const path = `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization`;
    const [assignments, definitions] = await settled([arm.list(`${path}/roleAssignments`, apiVersion), arm.list(`${path}/roleDefinitions`, apiVersion)]);
    const roles = new Map(elements(DefinitionOnWire, definitions).map(({ id, role, powers }) => [id, { role, powers }]));
    const assigned = elements(AssignmentOnWire, assignments).map(({ principalId, principalType, roleDefinitionId, scope }): RoleAssignment => {
      // The id's prefix differs between scopes; its last segment does not.
      const id = nameOf(roleDefinitionId);
      const defined = roles.get(id.toLowerCase());
      return { principalId: principalId.toLowerCase(), principalType, scope, ...(defined ? defined : { role: id, powers: null }) };
    });
    return known(assigned, [...assignments.sources, ...definitions.sources]);
  },
};
