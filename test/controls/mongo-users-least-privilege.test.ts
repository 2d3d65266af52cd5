import { mongoUsersLeastPrivilege } from '../../src/controls/mongo-users-least-privilege.ts';
import { account } from '../support/builders.ts';
import { specify } from '../support/specify.ts';

const mongo = account({ apis: ['mongodb'], capabilities: ['EnableMongo', 'enableMongoRoleBasedAccessControl'] });
const user = (role: string, database = 'shop') => ({ account: mongo, mongoUsers: [{ name: 'app', database: 'shop', roles: [{ database, role }] }] });

specify(mongoUsersLeastPrivilege, {
  passes: [
    { when: 'there are no users', given: { account: mongo, mongoUsers: [] }, observing: { users: 0, documented: '2026-11-20' } },
    { when: 'a user writes one database', given: user('readWrite'), observing: { users: 1, tooWide: [] } },
    { when: 'a user has a role of its own', given: user('myReadRole') },
    { when: 'a user has no role', given: { account: mongo, mongoUsers: [{ name: 'app', database: 'shop', roles: [] }] } },
    { when: 'a user owns one database', given: user('dbOwner') },
  ],
  fails: [
    { when: 'a user is root', given: user('root', 'admin'), says: 'MongoDB users hold roles over too much: app of database shop (root).', observing: { tooWide: ['app of database shop (root)'] } },
    { when: 'a user writes any database', given: user('ReadWriteAnyDatabase'), says: '(ReadWriteAnyDatabase)' },
    { when: 'a user reads any database', given: user('readAnyDatabase'), says: '(readAnyDatabase)' },
    { when: 'a user administers any database', given: user('dbAdminAnyDatabase'), says: '(dbAdminAnyDatabase)' },
    { when: 'a user administers the users of any database', given: user('userAdminAnyDatabase'), says: '(userAdminAnyDatabase)' },
    { when: 'a user owns the database admin', given: user('dbOwner', 'admin'), says: '(dbOwner of admin)' },
    { when: 'a user administers the users of the database admin', given: user('userAdmin', 'ADMIN'), says: '(userAdmin of ADMIN)' },
    { when: 'owners of a database are not wanted', given: user('dbOwner'), parameters: { judgeDatabaseOwners: true }, says: '(dbOwner of shop)' },
    {
      when: 'the second role of the second user is root',
      given: { account: mongo, mongoUsers: [{ name: 'app', database: 'shop', roles: [] }, { name: 'ops', database: 'shop', roles: [{ database: 'shop', role: 'read' }, { database: 'shop', role: 'root' }] }] },
      says: 'ops of database shop (root)',
    },
  ],
  doesNotApply: [
    { when: 'the API is another', given: { account: account({ capabilities: ['EnableMongoRoleBasedAccessControl'] }) }, because: 'does not serve the MongoDB API' },
    { when: 'the account knows no users', given: { account: account({ apis: ['mongodb'] }) }, because: 'EnableMongoRoleBasedAccessControl is off' },
  ],
});
