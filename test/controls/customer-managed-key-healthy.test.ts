import { customerManagedKeyHealthy } from '../../src/controls/customer-managed-key-healthy.ts';
import type { Account } from '../../src/core/account.ts';
import { account, subscriptionId } from '../support/builders.ts';
import { specify } from '../support/specify.ts';
import { stops } from '../support/stops.ts';

const shared = `/subscriptions/${subscriptionId}/resourceGroups/data/providers/Microsoft.ManagedIdentity/userAssignedIdentities/shared`;
const none = { systemAssigned: false, userAssigned: [] };
const revoked = 'Access to your account is currently revoked because the current default identity no longer has permission to the associated Key Vault key; for more details about this error and how to restore access to your account please visit https://learn.microsoft.com/en-us/azure/cosmos-db/cmk-troubleshooting-guide#default-identity-is-unauthorized-to-access-the-azure-key-vault-key (4002).';

const having = (differences: Partial<Account>) => ({
  account: account({ keyVaultKeyUri: 'https://contoso.vault.azure.net/keys/orders', defaultIdentity: 'SystemAssignedIdentity', customerManagedKeyStatus: 'Access to the configured customer managed key confirmed.', ...differences }),
});

specify(customerManagedKeyHealthy, {
  passes: [
    { when: 'access is confirmed, as the system-assigned identity', given: having({}), observing: { defaultIdentity: 'SystemAssignedIdentity', systemAssigned: true } },
    { when: "the identity is the service's own", given: having({ defaultIdentity: 'FirstPartyIdentity', identity: none }) },
    { when: "Azure leaves the identity out, which is the service's own", given: having({ defaultIdentity: null, identity: none }) },
    { when: 'Azure writes it in other case', given: having({ defaultIdentity: 'systemassignedidentity', customerManagedKeyStatus: 'ACCESS TO THE CONFIGURED CUSTOMER MANAGED KEY CONFIRMED.' }) },
    { when: "it writes the service's own identity in other case", given: having({ defaultIdentity: 'firstpartyidentity', identity: none }) },
    { when: 'it writes the kind of a user-assigned identity in other case', given: having({ defaultIdentity: `userassignedidentity=${shared}`, identity: { systemAssigned: false, userAssigned: [shared] } }) },
    { when: 'a user-assigned identity is assigned, in other case', given: having({ defaultIdentity: `UserAssignedIdentity=${shared.toUpperCase()}`, identity: { systemAssigned: false, userAssigned: [`${shared}-other`, shared] } }) },
    { when: 'it is used across tenants', given: having({ defaultIdentity: `UserAssignedIdentity=${shared}&FederatedClientId=00000000-0000-0000-0000-000000000001`, identity: { systemAssigned: false, userAssigned: [shared] } }) },
  ],
  fails: [
    { when: 'access is revoked', given: having({ customerManagedKeyStatus: revoked }), says: 'no longer has permission to the associated Key Vault key', observing: { status: revoked } },
    { when: 'it says so in other case', given: having({ customerManagedKeyStatus: revoked.toUpperCase() }), says: 'REVOKED' },
    { when: 'access is revoked and the identity is of a newer kind', given: having({ customerManagedKeyStatus: revoked, defaultIdentity: 'NewIdentity' }), says: 'currently revoked' },
    { when: 'the system-assigned identity is gone', given: having({ identity: { systemAssigned: false, userAssigned: [shared] } }), says: 'The account reaches its key as its system-assigned identity, which is not assigned to it.' },
    { when: 'the user-assigned identity is gone', given: having({ defaultIdentity: `UserAssignedIdentity=${shared}` }), says: 'as identity shared, which is not assigned to it.' },
    { when: 'it is gone and another is there', given: having({ defaultIdentity: `UserAssignedIdentity=${shared}`, identity: { systemAssigned: true, userAssigned: [`${shared}-other`] } }), says: 'as identity shared' },
    { when: 'the identity is gone and there is no status', given: having({ identity: none, customerManagedKeyStatus: null }), says: 'not assigned' },
  ],
  doesNotApply: [{ when: 'Microsoft manages the key', given: { account: account() }, because: 'Microsoft manages the keys', observing: { keyVaultKeyUri: null } }],
});

stops(customerManagedKeyHealthy, [
  { when: 'Azure leaves the status out', given: having({ customerManagedKeyStatus: null }), says: 'does not say whether the account can use its key' },
  { when: 'the status says something new', given: having({ customerManagedKeyStatus: 'Rotating.' }), says: 'not known to this version: Rotating.' },
  { when: 'the identity is of a newer kind', given: having({ defaultIdentity: 'DelegatedSystemAssignedIdentity' }), says: '"DelegatedSystemAssignedIdentity" is of a kind that this version does not know' },
]);
