/**
 * Built-in roles of MongoDB that reach over all databases, or let their holder take such a role. Cosmos DB documents
 * four built-in roles, each for one database (read, readWrite, dbAdmin, dbOwner); a user that was moved over, or a role
 * of one's own, may carry the names of the others.
 */
export const mongoRoles = {
  sources: ['https://www.mongodb.com/docs/manual/reference/built-in-roles/', 'https://learn.microsoft.com/azure/cosmos-db/mongodb/role-based-access-control'],
  date: '2026-11-20',
  anyDatabase: [
    '__system',
    'backup',
    'clusterAdmin',
    'clusterManager',
    'clusterMonitor',
    'dbAdminAnyDatabase',
    'hostManager',
    'readAnyDatabase',
    'readWriteAnyDatabase',
    'restore',
    'root',
    'userAdminAnyDatabase',
  ],
  /** As good as root where they are for the database `admin`. */
  overAdmin: ['dbOwner', 'userAdmin'],
  /** Everything within one database. */
  owner: 'dbOwner',
} as const;
