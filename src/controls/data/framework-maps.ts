import type { FrameworkMaps } from '../../core/control.ts';

type Framework = keyof FrameworkMaps;

interface MapSource {
  readonly source: string;
  /** Of that state of the source. */
  readonly date: string;
}

/** The maps of one control and where each of them is from. */
export interface SourcedMaps {
  readonly maps: FrameworkMaps;
  readonly sources: readonly (MapSource & { readonly framework: Framework })[];
}

export const mapSources: Readonly<Record<Framework, MapSource>> = {
  azurePolicy: { source: 'https://github.com/Azure/azure-policy/tree/f4a50bac/built-in-policies/policyDefinitions', date: '2026-04-29' },
  cis: { source: 'https://github.com/prowler-cloud/prowler/tree/3e000faa/prowler/compliance/azure', date: '2026-08-21' },
  mcsb: { source: 'https://github.com/MicrosoftDocs/SecurityBenchmarks/tree/8b9505a6/Azure Offer Security Baselines/3.0', date: '2023-10-10' },
  nist: { source: 'https://github.com/Azure/azure-policy/tree/f4a50bac/built-in-policies/policySetDefinitions/Regulatory Compliance', date: '2026-04-29' },
};

function sourced(maps: FrameworkMaps): SourcedMaps {
  const frameworks = (['azurePolicy', 'cis', 'mcsb', 'nist'] as const).filter(framework => maps[framework] !== undefined);
  return { maps, sources: frameworks.map(framework => ({ framework, ...mapSources[framework] })) };
}

/** Built-in definitions by what we call them here; the names are Microsoft's. */
const policies = {
  advancedThreatProtection: { id: 'b5f04e03-92a3-4b09-9410-2cc5e5047656', name: 'Deploy Advanced Threat Protection for Cosmos DB Accounts' },
  allowedLocations: { id: '0473574d-2d43-4217-aefe-941fcdf7e684', name: 'Azure Cosmos DB allowed locations' },
  certainAddresses: { id: '65e3adf0-0793-4cd2-af1f-134216ad5ce1', name: 'CosmosDB should restrict public access but allow access from certain IP addresses' },
  clusterLogs: { id: '064a3695-3197-4354-816b-65c7b952db9e', name: 'Enable logging by category group for microsoft.documentdb/mongoclusters to Log Analytics' },
  customerManagedKey: { id: '1f905d99-2ab7-462c-a6b0-f709acca6c8f', name: 'Azure Cosmos DB accounts should use customer-managed keys to encrypt data at rest' },
  defender: { id: 'adbe85b5-83e6-4350-ab58-bf3a4f736e5e', name: 'Microsoft Defender for Azure Cosmos DB should be enabled' },
  defenderDeployed: { id: '82bf5b87-728b-4a74-ba4d-6123845cf542', name: 'Configure Microsoft Defender for Azure Cosmos DB to be enabled' },
  externalEndpoints: { id: 'ea79b84d-f538-475d-a6ef-7951747a3455', name: 'CosmosDB should restrict external private endpoints access' },
  firewallRules: { id: '862e97cf-49fc-4a5c-9de4-40d4e2e7c8eb', name: 'Azure Cosmos DB accounts should have firewall rules' },
  keyMetadataWrites: { id: '4750c32b-89c0-46af-bfcb-2e4541a818d5', name: 'Azure Cosmos DB key based metadata write access should be disabled' },
  keyRotation: { id: '9d83ccb1-f313-46ce-9d39-a198bfdb51a0', name: 'Azure Cosmos DB accounts should not exceed the maximum number of days allowed since last account key regeneration.' },
  localAuth: { id: '5450f5bd-9c72-4390-a9c4-a7aba4edfdd2', name: 'Cosmos DB database accounts should have local authentication methods disabled' },
  localAuthConfigured: { id: 'dc2d41d1-4ab1-4666-a3e1-3d51c43e0049', name: 'Configure Cosmos DB database accounts to disable local authentication' },
  logs: { id: '45c6bfc7-4520-4d64-a158-730cd92eedbc', name: 'Enable logging by category group for Azure Cosmos DB (microsoft.documentdb/databaseaccounts) to Log Analytics' },
  logsOfAccounts: { id: '68ba9fc9-71b9-4e6f-9cf5-ecc07722324c', name: 'Enable logging by category group for Azure Cosmos DB accounts (microsoft.documentdb/databaseaccounts) to Log Analytics' },
  noDatacenters: { id: '12339a85-a25c-4f17-9f82-4766f13f5c4c', name: 'Azure Cosmos DB accounts should not allow traffic from all Azure data centers' },
  perimeterLogs: { id: '0ebe872d-7029-4292-88bc-ad3e2cf3772f', name: 'Enable logging by category group for microsoft.network/networksecurityperimeters to Log Analytics' },
  privateDnsZones: { id: 'a63cc0bd-cda4-4178-b705-37dc439d3e0f', name: 'Configure CosmosDB accounts to use private DNS zones' },
  privateLink: { id: '58440f8a-10c5-4151-bdce-dfbaad4a20b7', name: 'CosmosDB accounts should use private link' },
  privateLinkConfigured: { id: 'b609e813-3156-4079-91fa-a8494c1471c4', name: 'Configure CosmosDB accounts with private endpoints' },
  publicAccess: { id: '797b37f7-06b8-444c-b1ad-fc62867f335a', name: 'Azure Cosmos DB should disable public network access' },
  serviceEndpoint: { id: 'e0a2b1a3-f7f9-4569-807f-2a9edebdf4d9', name: 'Cosmos DB should use a virtual network service endpoint' },
  zoneRedundant: { id: '44c5a1f9-7ef6-4c38-880c-273e8f7a3c24', name: '[Preview]: Cosmos Database Accounts should be Zone Redundant' },
} as const;

function cis(...pairs: readonly (readonly [version: string, id: string])[]): FrameworkMaps['cis'] & object {
  return pairs.map(([version, id]) => ({ benchmark: `CIS Microsoft Azure Foundations Benchmark ${version}`, id }));
}

/**
 * What other catalogues call the same check, by control id. A control that is not here has no counterpart whose id we
 * have read. They check less than we do: none of them knows a perimeter's associations.
 *
 * Left out on purpose: policy da69ba51-aaf1-41e5-8651-607cd0b37088 sets publicNetworkAccess to Disabled and so undoes
 * SecuredByPerimeter.
 */
export const frameworkMaps: Readonly<Record<string, SourcedMaps>> = {
  'cluster-logs-collected': sourced({ azurePolicy: [policies.clusterLogs] }),
  'continuous-backup': sourced({ mcsb: ['BR-1'] }),
  'control-plane-logs-collected': sourced({ azurePolicy: [policies.logs, policies.logsOfAccounts] }),
  'control-plane-roles-least-privilege': sourced({ mcsb: ['PA-7'] }),
  'customer-managed-key-used': sourced({ azurePolicy: [policies.customerManagedKey], mcsb: ['DP-5'], nist: ['SC-12'] }),
  'data-plane-logs-collected': sourced({ azurePolicy: [policies.logs, policies.logsOfAccounts], mcsb: ['LT-4'] }),
  'data-plane-roles-least-privilege': sourced({ mcsb: ['PA-7'] }),
  'defender-for-cosmos-db-enabled': sourced({
    azurePolicy: [policies.advancedThreatProtection, policies.defender, policies.defenderDeployed],
    mcsb: ['DP-2', 'LT-1'],
    cis: cis(['2.0', '2.1.9'], ['2.1', '2.1.6'], ['3.0', '3.1.7.1'], ['4.0', '9.1.7.1'], ['5.0', '8.1.7.1'], ['6.0', '8.1.7.1']),
  }),
  'exposure-not-public': sourced({
    azurePolicy: [policies.firewallRules, policies.publicAccess],
    mcsb: ['NS-2'],
    cis: cis(['2.0', '4.5.1'], ['2.1', '4.5.1'], ['3.0', '5.4.1']),
    nist: ['AC-4', 'SC-7', 'SC-7(3)'],
  }),
  'firewall-no-azure-datacenters': sourced({ azurePolicy: [policies.noDatacenters] }),
  'firewall-ranges-approved': sourced({ azurePolicy: [policies.certainAddresses] }),
  'key-metadata-writes-disabled': sourced({ azurePolicy: [policies.keyMetadataWrites] }),
  // DP-6 speaks of key management; that regeneration belongs to it says azure-policy's preview of the benchmark's v2.
  'keys-rotated': sourced({ azurePolicy: [policies.keyRotation], mcsb: ['DP-6'] }),
  'local-auth-disabled': sourced({
    azurePolicy: [policies.localAuth, policies.localAuthConfigured],
    mcsb: ['IM-1'],
    cis: cis(['2.0', '4.5.3'], ['2.1', '4.5.3'], ['3.0', '5.4.3']),
  }),
  'managed-identity-assigned': sourced({ mcsb: ['IM-3'] }),
  'minimum-tls-1-2': sourced({ mcsb: ['DP-3'] }),
  'perimeter-logs-collected': sourced({ azurePolicy: [policies.perimeterLogs] }),
  'private-dns-zone-linked': sourced({ azurePolicy: [policies.privateDnsZones] }),
  'private-endpoint-approved': sourced({
    azurePolicy: [policies.privateLink, policies.privateLinkConfigured],
    mcsb: ['NS-2'],
    cis: cis(['2.0', '4.5.2'], ['2.1', '4.5.2'], ['3.0', '5.4.2']),
    nist: ['AC-4', 'AC-17', 'AC-17(1)', 'SC-7', 'SC-7(3)'],
  }),
  'private-endpoints-trusted': sourced({ azurePolicy: [policies.externalEndpoints] }),
  'read-only-keys-rotated': sourced({ azurePolicy: [policies.keyRotation] }),
  'regions-allowed': sourced({ azurePolicy: [policies.allowedLocations] }),
  'virtual-network-rules-effective': sourced({ azurePolicy: [policies.serviceEndpoint], mcsb: ['NS-1'] }),
  'zone-redundant': sourced({ azurePolicy: [policies.zoneRedundant] }),
};

/** The maps of a control; undefined where it has none. */
export function mapsOf(controlId: string): FrameworkMaps | undefined {
  return frameworkMaps[controlId]?.maps;
}
