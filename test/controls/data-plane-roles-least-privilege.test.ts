import { dataPlaneRolesLeastPrivilege } from '../../src/controls/data-plane-roles-least-privilege.ts';
import type { DataPlaneRole } from '../../src/core/roles.ts';
import { accountId, dataPlaneGrant } from '../support/builders.ts';
import { specify } from '../support/specify.ts';

const items = 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/items';
const special = (...dataActions: string[]): DataPlaneRole => ({ name: 'Loader', kind: 'other', dataActions });
const everywhere = { scope: accountId, accountWide: true };
const { principalId } = dataPlaneGrant();

specify(dataPlaneRolesLeastPrivilege, {
  passes: [
    { when: 'nobody holds a role', given: { dataPlaneRoles: [] }, observing: { assignments: 0, unlimited: [] } },
    { when: 'a contributor is one of a database', given: { dataPlaneRoles: [dataPlaneGrant()] }, observing: { assignments: 1 } },
    { when: 'a reader is one of the account', given: { dataPlaneRoles: [dataPlaneGrant({ ...everywhere, role: { name: 'Reader', kind: 'reader', dataActions: [] } })] } },
    { when: 'a role for the account names its actions', given: { dataPlaneRoles: [dataPlaneGrant({ ...everywhere, role: special(`${items}/read`, `${items}/create`) })] } },
    { when: 'a role with a wildcard is for a database', given: { dataPlaneRoles: [dataPlaneGrant({ role: special(`${items}/*`) })] } },
    { when: 'an owner holds everything', given: { dataPlaneRoles: [dataPlaneGrant(everywhere)] }, organisation: { dataPlaneOwners: new Set([principalId]) }, observing: { unlimitedOwners: 1 } },
  ],
  fails: [
    {
      when: 'a contributor is one of the account',
      given: { dataPlaneRoles: [dataPlaneGrant(everywhere)] },
      says: `May do everything with all data of the account: principal ${principalId} (Cosmos DB Built-in Data Contributor).`,
      observing: { unlimited: [{ api: 'nosql', principalId, role: 'Cosmos DB Built-in Data Contributor', scope: accountId }] },
    },
    { when: 'a role for the account has a wildcard', given: { dataPlaneRoles: [dataPlaneGrant({ ...everywhere, role: special(`${items}/read`, `${items}/*`) })] }, says: `${principalId} (Loader)` },
    { when: 'somebody else is the owner', given: { dataPlaneRoles: [dataPlaneGrant(everywhere)] }, organisation: { dataPlaneOwners: new Set(['cccccccc-1111-1111-1111-111111111111']) }, says: principalId },
    { when: 'it is another API', given: { dataPlaneRoles: [dataPlaneGrant({ ...everywhere, api: 'table' })] }, says: principalId, observing: { unlimited: [{ api: 'table' }] } },
  ],
});
