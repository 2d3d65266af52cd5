import { keysMadeAgo, periodicBackup } from '../account-properties.ts';
import { account, type AccountBundle, type AccountSpec } from '../accounts.ts';
import type { Resource } from '../estate.ts';
import { resourceId } from '../ids.ts';
import { groups } from './company.ts';

const tags = { owner: 'data', classification: 'confidential' };
const vault = 'https://kv-contoso-data.vault.azure.net/keys';
const confirmed = 'Access to the configured customer managed key confirmed.';
const revoked =
  'Access to your account is currently revoked because the current default identity no longer has permission to the associated Key Vault key; for more details about this error and how to restore access to your account please visit https://learn.microsoft.com/en-us/azure/cosmos-db/cmk-troubleshooting-guide#default-identity-is-unauthorized-to-access-the-azure-key-vault-key (4002).';

const keep = (name: string, spec: AccountSpec): AccountBundle => account(groups.data, name, spec);

interface Region {
  readonly name: string;
  readonly priority: number;
  readonly zones: boolean;
}

/** Regions that differ from what the account's defaults make of them. */
function locations(account: string, ...regions: readonly Region[]): object {
  const all = regions.map(({ name, priority, zones }, at) => ({
    id: `${account}-${at}`,
    locationName: name,
    documentEndpoint: `https://${account}-${at}.documents.azure.com:443/`,
    provisioningState: 'Succeeded',
    failoverPriority: priority,
    isZoneRedundant: zones,
  }));
  return { writeLocations: all.slice(0, 1), readLocations: all, locations: all, failoverPolicies: all.map(({ id, locationName, failoverPriority }) => ({ id, locationName, failoverPriority })) };
}

/** How accounts are kept beside who reaches them: keys, encryption, backups, regions, tags. */
const accounts = [
  /** Keys, and everything about them but their age, as it was years ago. */
  keep('statements-archive', {
    properties: {
      disableLocalAuth: false,
      disableKeyBasedMetadataWriteAccess: false,
      minimalTlsVersion: 'Tls11',
      ...keysMadeAgo(20, null),
      backupPolicy: { ...periodicBackup(1440, 168, 'Geo'), migrationState: { status: 'InProgress', targetType: 'Continuous', startTime: '2026-11-01T10:00:00Z' } },
      enableAutomaticFailover: false,
      capacity: { totalThroughputLimit: -1 },
      ...locations('statements-archive', { name: 'West Europe', priority: 0, zones: true }, { name: 'East US', priority: 1, zones: false }),
    },
  }),
  /** No keys, so what keys may do is of no interest. Two regions are too few for strong consistency. */
  keep('metering-nosql', {
    tags,
    properties: {
      disableKeyBasedMetadataWriteAccess: false,
      enableMultipleWriteLocations: false,
      consistencyPolicy: { defaultConsistencyLevel: 'Strong' },
      enableAutomaticFailover: true,
      ...locations('metering-nosql', { name: 'West Europe', priority: 0, zones: true }, { name: 'North Europe', priority: 0, zones: true }),
    },
  }),
  /** Writes everywhere, so nothing needs to fail over. */
  keep('positions-nosql', { tags, regions: ['West Europe', 'North Europe'], properties: { enableMultipleWriteLocations: true, enableAutomaticFailover: false } }),
  /** A key of its own, reached as an identity of its own. */
  keep('cards-nosql', {
    tags,
    identity: 'both',
    properties: {
      keyVaultKeyUri: `${vault}/cosmos-cards`,
      customerManagedKeyStatus: confirmed,
      defaultIdentity: `UserAssignedIdentity=${resourceId(groups.data, 'Microsoft.ManagedIdentity', 'userAssignedIdentities', 'id-cards-nosql')}`,
    },
    endpoints: [{ name: 'pe-cards', status: 'Approved', groupId: 'Sql' }],
  }),
  /** One version of a key, which it may no longer use. */
  keep('claims-nosql', {
    properties: { keyVaultKeyUri: `${vault}/cosmos-claims/0f1e2d3c4b5a69788796a5b4c3d2e1f0`, customerManagedKeyStatus: revoked, defaultIdentity: 'SystemAssignedIdentity' },
  }),
  /** The endpoint is for clients of another API. */
  keep('routes-gremlin', { api: 'gremlin', properties: keysMadeAgo(45, 45), endpoints: [{ name: 'pe-routes', status: 'Approved', groupId: 'Sql' }] }),
  /** Somebody approved an endpoint of another tenant. */
  keep('surveys-nosql', { endpoints: [{ name: 'pe-surveys', status: 'Approved', groupId: 'Sql', hidden: true }] }),
  /** A region without availability zones, and a week of backups. */
  keep('branches-nosql', {
    properties: { ...locations('branches-nosql', { name: 'West US', priority: 0, zones: false }), backupPolicy: { type: 'Continuous', continuousModeProperties: { tier: 'Continuous7Days' } } },
  }),
];

export const keepingResources: readonly Resource[] = accounts.flatMap(({ resources }) => resources);
