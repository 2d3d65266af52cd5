import { perimeterIdentityPresent } from '../../src/controls/perimeter-identity-present.ts';
import { account, association } from '../support/builders.ts';
import { specify } from '../support/specify.ts';

const none = account({ identity: { systemAssigned: false, userAssigned: [] } });

specify(perimeterIdentityPresent, {
  passes: [
    {
      when: 'it is system-assigned',
      given: { account: account({ identity: { systemAssigned: true, userAssigned: [] } }) },
      observing: { systemAssigned: true, userAssigned: 0 },
    },
    {
      when: 'it is user-assigned',
      given: { account: account({ identity: { systemAssigned: false, userAssigned: ['/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/orders'] } }) },
    },
  ],
  fails: [{ when: 'there is none', given: { account: none, associations: [association()] }, says: 'in perimeter production and has no managed identity' }],
  doesNotApply: [{ when: 'the account is in no perimeter', given: { account: none, associations: [] }, because: 'in no network security perimeter' }],
});
