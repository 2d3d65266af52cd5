import { z } from 'zod';
import { MalformedAnswerError } from '../azure/errors.ts';
import type { Api } from '../core/account.ts';
import { known } from '../core/fact.ts';
import { nameOf } from '../core/resource-id.ts';
import type { DataPlaneGrant, DataPlaneRole } from '../core/roles.ts';
import type { Collector } from './collector.ts';
import { elements } from './schema.ts';

const apiVersion = '2026-03-15';

/**
 * The same two in every account, whatever its API.
 * @see https://learn.microsoft.com/azure/cosmos-db/nosql/reference-data-plane-roles
 * @see https://learn.microsoft.com/azure/cosmos-db/table/reference-data-plane-security
 */
const builtIn: ReadonlyMap<string, DataPlaneRole> = new Map([
  ['00000000-0000-0000-0000-000000000001', { name: 'Cosmos DB Built-in Data Reader', kind: 'reader', dataActions: [] }],
  ['00000000-0000-0000-0000-000000000002', { name: 'Cosmos DB Built-in Data Contributor', kind: 'contributor', dataActions: [] }],
]);

const AssignmentOnWire = z.object({ properties: z.object({ principalId: z.string(), roleDefinitionId: z.string(), scope: z.string() }) }).transform(({ properties }) => properties);

/** notDataActions are left aside: no API supports them. https://learn.microsoft.com/azure/cosmos-db/nosql/reference-data-plane-actions */
const DefinitionOnWire = z
  .object({ name: z.string(), properties: z.object({ roleName: z.string(), permissions: z.array(z.object({ dataActions: z.array(z.string()) })) }) })
  .transform(({ name, properties: { roleName, permissions } }) => ({ id: name.toLowerCase(), role: { name: roleName, kind: 'other', dataActions: permissions.flatMap(({ dataActions }) => dataActions) } satisfies DataPlaneRole }));

/** Which Entra ID identities hold which role over the data of an account, by account id. Definitions are read only where an assignment names another role than the built-in two. */
function rolesOf(api: Api, kind: string): Collector<string, DataPlaneGrant[]> {
  const action = (type: string): string => `Microsoft.DocumentDB/databaseAccounts/${kind}Role${type}/read`;
  return {
    name: `${kind} role assignments`,
    actions: [action('Assignments'), action('Definitions')],
    async read(arm, accountId) {
      const listed = await arm.list(`${accountId}/${kind}RoleAssignments`, apiVersion);
      const assignments = elements(AssignmentOnWire, listed);
      const special = assignments.some(({ roleDefinitionId }) => !builtIn.has(roleIn(roleDefinitionId)));
      const definitions = special ? await arm.list(`${accountId}/${kind}RoleDefinitions`, apiVersion) : known([]);
      const sources = [...listed.sources, ...definitions.sources];
      const roles = new Map([...elements(DefinitionOnWire, definitions).map(({ id, role }) => [id, role] as const), ...builtIn]);
      const grants = assignments.map(({ principalId, roleDefinitionId, scope }): DataPlaneGrant => {
        const role = roles.get(roleIn(roleDefinitionId));
        if (!role) throw new MalformedAnswerError(`An assignment names role ${roleIn(roleDefinitionId)}, which the account does not have.`, ...sources);
        return { api, principalId: principalId.toLowerCase(), scope, accountWide: isAccountWide(scope), role };
      });
      return known(grants, sources);
    },
  };
}

function roleIn(roleDefinitionId: string): string {
  return nameOf(roleDefinitionId).toLowerCase();
}

/** A scope names a part of the account below it, or in short from `/dbs` on; everything else is all of it. */
function isAccountWide(scope: string): boolean {
  return !/\/databaseaccounts\/[^/]+\/+[^/]|^\/?dbs\//i.test(scope);
}

export const cassandraRoles = rolesOf('cassandra', 'cassandra');
export const gremlinRoles = rolesOf('gremlin', 'gremlin');
export const mongoRoles = rolesOf('mongodb', 'mongoMI');
export const nosqlRoles = rolesOf('nosql', 'sql');
export const tableRoles = rolesOf('table', 'table');
