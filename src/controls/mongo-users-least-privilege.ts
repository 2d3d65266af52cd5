import { z } from 'zod';
import { control, fail, notApplicable, pass } from '../core/control.ts';
import { sameId } from '../core/resource-id.ts';
import { hasMongoUsers, type MongoUser } from '../core/roles.ts';
import { mongoRoles } from './data/mongo-roles.ts';
import { cut, listed } from './support.ts';

export const mongoUsersLeastPrivilege = control({
  id: 'mongo-users-least-privilege',
  scope: 'account',
  title: 'No MongoDB user holds a role over all databases.',
  severity: 'medium',
  rationale:
    'A MongoDB user is a name and a password in some configuration. With root or a role for any database, whoever finds it has every database of the account, and with the administration of users the means to stay.',
  remediation: {
    text: 'Give each user a role for the database it works with: readWrite or read, or a role of its own that names collections and actions.',
    cli: "az cosmosdb mongodb user definition update --resource-group <group> --account-name <account> --body '{\"Id\":\"<database>.<user>\",\"UserName\":\"<user>\",\"Password\":\"<password>\",\"DatabaseName\":\"<database>\",\"CustomData\":\"\",\"Mechanisms\":\"SCRAM-SHA-256\",\"Roles\":[{\"Role\":\"readWrite\",\"Db\":\"<database>\"}]}'",
    bicep:
      "resource user 'Microsoft.DocumentDB/databaseAccounts/mongodbUserDefinitions@2025-04-15' = {\n  parent: account\n  name: '<database>.<user>'\n  properties: {\n    userName: '<user>'\n    databaseName: '<database>'\n    password: password\n    mechanisms: 'SCRAM-SHA-256'\n    roles: [\n      {\n        db: '<database>'\n        role: 'readWrite'\n      }\n    ]\n  }\n}",
  },
  references: ['https://learn.microsoft.com/azure/cosmos-db/mongodb/role-based-access-control', 'https://www.mongodb.com/docs/manual/reference/built-in-roles/'],
  requirements: ['SEC users-and-permissions'],
  notApplicableWhen: 'the account is none of the MongoDB API, or knows no users of its own (capability EnableMongoRoleBasedAccessControl)',
  parameters: z.object({
    judgeDatabaseOwners: z.boolean().default(false).describe('Whether dbOwner, which may do everything within one database, fails too.'),
  }),
  needs: ['account', 'mongoUsers'],
  evaluate({ account, mongoUsers }, { parameters: { judgeDatabaseOwners } }) {
    const { apis } = account;
    if (!apis.includes('mongodb')) return notApplicable('The account does not serve the MongoDB API.', { apis });
    if (!hasMongoUsers(account)) return notApplicable('The account knows no MongoDB users: the capability EnableMongoRoleBasedAccessControl is off.', { apis });
    const problems = mongoUsers.flatMap(user => rolesTooWide(user, judgeDatabaseOwners).map(role => `${user.name} of database ${user.database} (${role})`));
    const observed = { users: mongoUsers.length, tooWide: cut(problems), documented: mongoRoles.date };
    return problems.length > 0 ? fail(`MongoDB users hold roles over too much: ${listed(problems)}.`, observed) : pass(observed);
  },
});

function rolesTooWide({ roles }: MongoUser, judgeDatabaseOwners: boolean): string[] {
  const isOneOf = (role: string, names: readonly string[]): boolean => names.some(name => sameId(name, role));
  return roles.flatMap(({ role, database }) => {
    if (isOneOf(role, mongoRoles.anyDatabase)) return [role];
    const tooWide = (isOneOf(role, mongoRoles.overAdmin) && sameId(database, 'admin')) || (judgeDatabaseOwners && isOneOf(role, [mongoRoles.owner]));
    return tooWide ? [`${role} of ${database}`] : [];
  });
}
