import type { Account } from '../core/account.ts';
import { control, fail, notApplicable, pass } from '../core/control.ts';
import { nameOf, sameId } from '../core/resource-id.ts';
import { cut } from './support.ts';

/**
 * The status is one sentence of a small set: that access to the key is confirmed, or that access to the account is
 * revoked and why (API 2023-09-15 lists them). What says neither, or is not there, is not taken for good.
 */
export const customerManagedKeyHealthy = control({
  id: 'customer-managed-key-healthy',
  scope: 'account',
  title: 'The account can use its customer-managed key: access is confirmed, and the identity that it uses is still assigned.',
  severity: 'high',
  rationale:
    'An account that loses its key, or the identity that reaches it, is revoked: nobody can read or write anything until access is back. It mostly follows from tidying up, by a key that expired or an identity that looked unused.',
  remediation: {
    text: "Read what customerManagedKeyStatus says and follow the troubleshooting guide. Enable or restore the key, give the account's default identity its rights on it, or set another default identity; access comes back within an hour or two.",
    cli: 'az cosmosdb identity assign --resource-group <group> --name <account>\naz cosmosdb update --resource-group <group> --name <account> --default-identity SystemAssignedIdentity',
    bicep: "identity: {\n  type: 'SystemAssigned'\n}\nproperties: {\n  defaultIdentity: 'SystemAssignedIdentity'\n  keyVaultKeyUri: 'https://<vault>.vault.azure.net/keys/<key>'\n}",
  },
  references: ['https://learn.microsoft.com/azure/cosmos-db/cmk-troubleshooting-guide'],
  requirements: ['SEC encryption-at-rest'],
  notApplicableWhen: 'Microsoft manages the keys',
  needs: ['account'],
  evaluate({ account }) {
    const { keyVaultKeyUri, defaultIdentity, customerManagedKeyStatus: status, identity } = account;
    const observed = { keyVaultKeyUri, defaultIdentity, status, systemAssigned: identity.systemAssigned, userAssigned: cut(identity.userAssigned) };
    if (keyVaultKeyUri === null) return notApplicable('Microsoft manages the keys that encrypt the data.', observed);
    if (status !== null && /\brevoked\b/i.test(status)) return fail(status, observed);
    const gone = missingIdentity(account);
    if (gone !== null) return fail(`The account reaches its key as ${gone}, which is not assigned to it.`, observed);
    if (status === null) throw new Error('Azure does not say whether the account can use its key (customerManagedKeyStatus).');
    if (!/\bconfirmed\b/i.test(status)) throw new Error(`What Azure says of the account's key is not known to this version: ${status}`);
    return pass(observed);
  },
});

/** The default identity, where the account no longer has it. Without one, the service uses its own, which is always there. */
function missingIdentity({ defaultIdentity, identity }: Account): string | null {
  const [kind = '', id = ''] = (defaultIdentity ?? 'FirstPartyIdentity').split(/[=&]/);
  if (sameId(kind, 'FirstPartyIdentity')) return null;
  if (sameId(kind, 'SystemAssignedIdentity')) return identity.systemAssigned ? null : 'its system-assigned identity';
  if (sameId(kind, 'UserAssignedIdentity')) return identity.userAssigned.some(each => sameId(each, id)) ? null : `identity ${nameOf(id)}`;
  throw new Error(`The default identity "${kind}" is of a kind that this version does not know.`);
}
