import { dataPlaneRolesAssigned } from '../../src/controls/data-plane-roles-assigned.ts';
import { account, dataPlaneGrant } from '../support/builders.ts';
import { specify } from '../support/specify.ts';

const keysOn = { localAuthDisabled: false };

specify(dataPlaneRolesAssigned, {
  passes: [
    { when: 'an identity holds a role', given: { dataPlaneRoles: [dataPlaneGrant()] }, observing: { apis: ['nosql'], disableLocalAuth: true, assignments: 1 } },
    { when: 'one does although keys are on', given: { account: account(keysOn) } },
    { when: 'one does for an API that cannot turn keys off', given: { account: account({ ...keysOn, apis: ['mongodb'] }), dataPlaneRoles: [dataPlaneGrant({ api: 'mongodb' })] } },
  ],
  fails: [
    { when: 'keys are off and nobody holds a role', given: { dataPlaneRoles: [] }, says: 'The account rejects keys and no identity holds a data-plane role: nobody reaches the data.' },
    { when: 'keys could be turned off and nobody holds a role', given: { account: account(keysOn), dataPlaneRoles: [] }, says: 'nobody could use the account with keys turned off.', observing: { assignments: 0 } },
    { when: 'keys are off for an API that is not documented to', given: { account: account({ apis: ['cassandra'] }), dataPlaneRoles: [] }, says: 'nobody reaches the data' },
  ],
  doesNotApply: [{ when: 'keys cannot be turned off', given: { account: account({ ...keysOn, apis: ['mongodb'] }), dataPlaneRoles: [] }, because: 'MongoDB' }],
});
