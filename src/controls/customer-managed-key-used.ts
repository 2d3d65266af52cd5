import { control, fail, pass } from '../core/control.ts';
import { shortened } from '../exposure/firewall.ts';

export const customerManagedKeyUsed = control({
  id: 'customer-managed-key-used',
  scope: 'account',
  title: "The account's data is encrypted with a customer-managed key that rotates.",
  severity: 'medium',
  optIn: true,
  rationale:
    "Stored data is always encrypted. With a key of one's own in a key vault, access to all of it can be withdrawn at once, and the vault logs each use. An address with a version in it pins that version: rotating the key then changes nothing. The price is an outage when the key is lost, so ask for it only where a regulation or contract does.",
  remediation: {
    text: "Give the account's identity the wrap, unwrap and get rights on the key, then set the key's address without its version. Accounts that exist can be moved to a customer-managed key, with limits that the documentation lists.",
    cli: "az cosmosdb update --ids <account-id> --key-uri 'https://<vault>.vault.azure.net/keys/<key>' --default-identity SystemAssignedIdentity",
    bicep: "properties: {\n  defaultIdentity: 'SystemAssignedIdentity'\n  keyVaultKeyUri: 'https://<vault>.vault.azure.net/keys/<key>'\n}",
  },
  references: ['https://learn.microsoft.com/azure/cosmos-db/how-to-setup-customer-managed-keys', 'https://learn.microsoft.com/azure/cosmos-db/how-to-setup-customer-managed-keys-existing-accounts'],
  requirements: ['SEC encryption-at-rest', 'SEC protect-and-isolate-sensitive-data'],
  needs: ['account'],
  evaluate({ account: { keyVaultKeyUri: uri } }) {
    const observed = { keyVaultKeyUri: uri };
    if (uri === null) return fail('The data is encrypted with keys that Microsoft manages.', observed);
    const version = /\/keys\/[^/]+\/([^/]+)/i.exec(uri)?.[1];
    return version === undefined ? pass(observed) : fail(`The key's address names version ${shortened(version)}, so rotating the key does not reach the account.`, observed);
  },
});
