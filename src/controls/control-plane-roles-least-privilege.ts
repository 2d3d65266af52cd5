import { z } from 'zod';
import { control, fail, pass } from '../core/control.ts';
import { sameId } from '../core/resource-id.ts';
import type { ControlPlaneGrant } from '../core/roles.ts';
import { cut, listed } from './support.ts';

export const controlPlaneRolesLeastPrivilege = control({
  id: 'control-plane-roles-least-privilege',
  scope: 'account',
  title: "Few principals can list the account's keys or change its settings, and none of them is a person's own user.",
  severity: 'medium',
  rationale:
    "Who lists the keys has all the data, whatever the data-plane roles say; who changes the account opens its firewall or turns keys on. Roles such as Contributor bring both along. Rights of a single user outlive the person's job and pass by every review of groups.",
  remediation: {
    text: 'Remove role assignments that are not needed, narrow the others to a role without keys (Cosmos DB Operator), and give people their rights through a group, for a time only (Privileged Identity Management).',
    cli: 'az role assignment delete --assignee <principal-id> --role "<role>" --scope <scope>',
    bicep:
      "resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {\n  name: guid(account.id, '<group-id>')\n  scope: account\n  properties: {\n    principalId: '<group-id>'\n    principalType: 'Group'\n    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '230815da-be43-4aae-9cb4-875f7bd000aa')\n  }\n}",
  },
  references: [
    'https://learn.microsoft.com/azure/cosmos-db/role-based-access-control',
    'https://learn.microsoft.com/azure/role-based-access-control/permissions/databases#microsoftdocumentdb',
    'https://learn.microsoft.com/azure/role-based-access-control/best-practices',
  ],
  requirements: ['SEC active-directory-integration'],
  parameters: z.object({
    owners: z.int().nonnegative().default(3).describe('Most principals that may list keys or change the account by assignments at the subscription or below it.'),
    judgeInheritedUsers: z.boolean().default(true).describe('Whether users that are assigned at a management group, or above all, fail too.'),
    countReaders: z
      .boolean()
      .default(false)
      .describe('Whether roles that may read everything, such as Reader, count as listing keys: they hold the read action for read-only keys.'),
  }),
  needs: ['controlPlaneRoles'],
  evaluate({ controlPlaneRoles }, { parameters: { owners, judgeInheritedUsers, countReaders } }) {
    const powerful = controlPlaneRoles.filter(({ powers }) => powers.listsKeys || powers.writesAccount || (countReaders && powers.readsReadOnlyKeys));
    const own = powerful.filter(({ inherited }) => !inherited);
    const users = powerful.filter(({ principalType, inherited }) => sameId(principalType, 'user') && (judgeInheritedUsers || !inherited));
    const principals = distinct(own);
    const observed = {
      principals: principals.length,
      owners,
      inherited: distinct(powerful.filter(({ inherited }) => inherited)).length,
      readers: distinct(controlPlaneRoles.filter(({ powers }) => powers.readsReadOnlyKeys && !powers.listsKeys)).length,
      assignments: cut(powerful.map(inShort)),
    };
    const problems = [
      ...(principals.length > owners ? [`${principals.length} principals can list keys or change the account, more than ${owners}`] : []),
      ...(users.length > 0 ? [`users hold roles themselves: ${listed(users.map(inWords))}`] : []),
    ];
    return problems.length > 0 ? fail(`Power over the account is spread: ${problems.join('; ')}.`, observed) : pass(observed);
  },
});

function distinct(grants: readonly ControlPlaneGrant[]): string[] {
  return [...new Set(grants.map(({ principalId }) => principalId))];
}

function inWords({ principalId, role, scope, inherited }: ControlPlaneGrant): string {
  return `${principalId} (${role}${inherited ? `, inherited from ${scope}` : ''})`;
}

function inShort({ principalId, principalType, role, scope, powers }: ControlPlaneGrant) {
  return { principalId, principalType, role, scope, listsKeys: powers.listsKeys, writesAccount: powers.writesAccount };
}
