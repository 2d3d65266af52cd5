import { managedIdentityAssigned } from '../../src/controls/managed-identity-assigned.ts';
import { account, subscriptionId } from '../support/builders.ts';
import { specify } from '../support/specify.ts';

const shared = `/subscriptions/${subscriptionId}/resourceGroups/data/providers/Microsoft.ManagedIdentity/userAssignedIdentities/shared`;

specify(managedIdentityAssigned, {
  passes: [
    { when: 'there is a system-assigned identity', given: { account: account() }, observing: { systemAssigned: true, userAssigned: [] } },
    { when: 'there is a user-assigned one', given: { account: account({ identity: { systemAssigned: false, userAssigned: [shared] } }) }, observing: { userAssigned: ['shared'] } },
    { when: 'there are both', given: { account: account({ identity: { systemAssigned: true, userAssigned: [shared] } }) } },
  ],
  fails: [{ when: 'there is none', given: { account: account({ identity: { systemAssigned: false, userAssigned: [] } }) }, says: 'The account has no managed identity.' }],
});
