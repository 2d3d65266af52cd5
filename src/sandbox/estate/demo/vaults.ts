import { periodicBackup } from '../account-properties.ts';
import { account, type AccountBundle, type AccountSpec } from '../accounts.ts';
import type { Resource } from '../estate.ts';
import { resourceId } from '../ids.ts';
import { associate, type AccessMode, type Perimeter } from '../perimeters.ts';
import { groups } from './company.ts';
import { core, data, egress, treasury } from './perimeters.ts';

const secured = { publicNetworkAccess: 'SecuredByPerimeter' };
const tags = { owner: 'data', classification: 'confidential' };

/** An account with a key in a vault, in a perimeter. */
function keyed(name: string, vault: string, properties: NonNullable<AccountSpec['properties']> = {}): AccountBundle {
  const keyVaultKeyUri = `https://${vault}.vault.azure.net/keys/cosmos`;
  const customerManagedKeyStatus = 'Access to the configured customer managed key confirmed.';
  return account(groups.data, name, { tags, properties: { ...secured, keyVaultKeyUri, customerManagedKeyStatus, defaultIdentity: 'SystemAssignedIdentity', backupPolicy: periodicBackup(60, 720, 'Geo'), ...properties } });
}

const accounts = {
  /** The vault beside the account, and nothing that the three do not support together. */
  contracts: keyed('contracts-nosql', 'kv-contoso-core'),
  /** The vault in a perimeter that a link connects; backups that cannot be restored from. */
  refunds: keyed('refunds-nosql', 'kv-contoso-data', { backupPolicy: { type: 'Continuous', continuousModeProperties: { tier: 'Continuous30Days' } } }),
  /** The vault relaxed for a restore in spring. A feature that only previews show. */
  loans: keyed('loans-nosql', 'kv-contoso-loans', { enableAllVersionsAndDeletesChangeFeed: true, diagnosticLogSettings: { enableFullTextQuery: 'True' } }),
  /** The vault in a perimeter that has nothing to do with the account's. */
  gold: keyed('gold-nosql', 'kv-contoso-gold'),
  /** The vault in no perimeter. */
  silver: keyed('silver-nosql', 'kv-contoso-silver'),
  /** Where the vault is, nobody can tell: the perimeter may not be read. */
  bonds: keyed('bonds-nosql', 'kv-contoso-bonds'),
};

/** Only the perimeter's side: the vault's own is none of our business. */
function vaultIn(to: Perimeter, profile: string, name: string, accessMode: AccessMode): Resource[] {
  return associate(to, profile, { id: resourceId(groups.data, 'Microsoft.KeyVault', 'vaults', name), name, resources: [] }, accessMode, { account: null });
}

const associations: readonly Resource[] = [
  ...Object.values(accounts).flatMap(each => (each === accounts.bonds ? associate(treasury, 'ledger', each, 'Enforced') : associate(core, 'apps', each, 'Enforced'))),
  ...vaultIn(core, 'apps', 'kv-contoso-core', 'Enforced'),
  ...vaultIn(data, 'pipelines', 'kv-contoso-data', 'Enforced'),
  ...vaultIn(core, 'sealed', 'kv-contoso-loans', 'Learning'),
  ...vaultIn(egress, 'dot-com', 'kv-contoso-gold', 'Enforced'),
];

export const vaultResources: readonly Resource[] = [...Object.values(accounts).flatMap(({ resources }) => resources), ...associations];
