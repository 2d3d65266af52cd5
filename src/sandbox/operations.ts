/** What the sandbox serves of one resource type: lists under whatever holds it, and a GET of one. */
export interface Operation {
  readonly type: string;
  /** The api-versions it knows, each with the properties that version leaves out (dotted paths). */
  readonly versions: Readonly<Record<string, readonly string[]>>;
  /** The Resource Graph table with its rows; absent: Resource Graph does not have the type. */
  readonly table?: 'resources' | 'networkresources';
  /** A subscription's list has what is attached to anything in it, too. */
  readonly deep?: true;
}

/** Account properties that only previews carry. */
export const previewProperties: readonly string[] = [
  'diagnosticLogSettings',
  'capacityMode',
  'capacityModeChangeTransitionState',
  'enableMaterializedViews',
  'enableAllVersionsAndDeletesChangeFeed',
  'softDeleteConfiguration',
  'throughputPoolDedicatedRUs',
  'throughputPoolMaxConsumableRUs',
  'keysMetadata.*.approximateLastUsageTime',
];

const cosmosStable = '2026-03-15';
const cosmosPreview = '2026-04-01-preview';
const network = { '2026-01-01': [] } as const;
const privateDns = { '2024-06-01': [] } as const;

/**
 * One line for each type, plus data in the estate. `networkSecurityPerimeterConfigurations` exists in previews only.
 * @see https://learn.microsoft.com/azure/governance/resource-graph/reference/supported-tables-resources
 */
export const operations: readonly Operation[] = [
  { type: 'Microsoft.Authorization/locks', versions: { '2020-05-01': [] }, deep: true },
  { type: 'Microsoft.Authorization/roleAssignments', versions: { '2022-04-01': [] }, deep: true },
  { type: 'Microsoft.Authorization/roleDefinitions', versions: { '2022-04-01': [] } },
  { type: 'Microsoft.DocumentDB/cassandraClusters', versions: { [cosmosStable]: [] }, table: 'resources' },
  { type: 'Microsoft.DocumentDB/databaseAccounts', versions: { [cosmosStable]: previewProperties, [cosmosPreview]: [] }, table: 'resources' },
  { type: 'Microsoft.DocumentDB/databaseAccounts/cassandraRoleAssignments', versions: { [cosmosStable]: [] } },
  { type: 'Microsoft.DocumentDB/databaseAccounts/cassandraRoleDefinitions', versions: { [cosmosStable]: [] } },
  { type: 'Microsoft.DocumentDB/databaseAccounts/gremlinRoleAssignments', versions: { [cosmosStable]: [] } },
  { type: 'Microsoft.DocumentDB/databaseAccounts/gremlinRoleDefinitions', versions: { [cosmosStable]: [] } },
  { type: 'Microsoft.DocumentDB/databaseAccounts/mongodbUserDefinitions', versions: { [cosmosStable]: [] } },
  { type: 'Microsoft.DocumentDB/databaseAccounts/mongoMIRoleAssignments', versions: { [cosmosStable]: [] } },
  { type: 'Microsoft.DocumentDB/databaseAccounts/mongoMIRoleDefinitions', versions: { [cosmosStable]: [] } },
  { type: 'Microsoft.DocumentDB/databaseAccounts/networkSecurityPerimeterConfigurations', versions: { [cosmosPreview]: [] } },
  { type: 'Microsoft.DocumentDB/databaseAccounts/privateEndpointConnections', versions: { [cosmosStable]: [], [cosmosPreview]: [] } },
  { type: 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments', versions: { [cosmosStable]: [] } },
  { type: 'Microsoft.DocumentDB/databaseAccounts/sqlRoleDefinitions', versions: { [cosmosStable]: [] } },
  { type: 'Microsoft.DocumentDB/databaseAccounts/tableRoleAssignments', versions: { [cosmosStable]: [] } },
  { type: 'Microsoft.DocumentDB/databaseAccounts/tableRoleDefinitions', versions: { [cosmosStable]: [] } },
  { type: 'Microsoft.DocumentDB/mongoClusters', versions: { '2025-09-01': [] }, table: 'resources' },
  { type: 'Microsoft.DocumentDB/mongoClusters/firewallRules', versions: { '2025-09-01': [] } },
  { type: 'Microsoft.Insights/activityLogAlerts', versions: { '2020-10-01': [] }, table: 'resources' },
  { type: 'Microsoft.Insights/diagnosticSettings', versions: { '2021-05-01-preview': [] } },
  { type: 'Microsoft.Network/networkSecurityGroups', versions: network, table: 'resources' },
  { type: 'Microsoft.Network/networkSecurityPerimeters', versions: network, table: 'resources' },
  { type: 'Microsoft.Network/networkSecurityPerimeters/links', versions: network, table: 'networkresources' },
  { type: 'Microsoft.Network/networkSecurityPerimeters/linkReferences', versions: network, table: 'networkresources' },
  { type: 'Microsoft.Network/networkSecurityPerimeters/loggingConfigurations', versions: network },
  { type: 'Microsoft.Network/networkSecurityPerimeters/profiles', versions: network, table: 'networkresources' },
  { type: 'Microsoft.Network/networkSecurityPerimeters/profiles/accessRules', versions: network, table: 'networkresources' },
  { type: 'Microsoft.Network/networkSecurityPerimeters/resourceAssociations', versions: network, table: 'networkresources' },
  { type: 'Microsoft.Network/networkWatchers', versions: network, table: 'resources' },
  { type: 'Microsoft.Network/networkWatchers/flowLogs', versions: network, table: 'resources' },
  { type: 'Microsoft.Network/privateDnsZones', versions: privateDns, table: 'resources' },
  { type: 'Microsoft.Network/privateDnsZones/A', versions: privateDns },
  { type: 'Microsoft.Network/privateDnsZones/virtualNetworkLinks', versions: privateDns, table: 'resources' },
  { type: 'Microsoft.Network/privateEndpoints', versions: network, table: 'resources' },
  { type: 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups', versions: network },
  { type: 'Microsoft.Network/publicIPAddresses', versions: network, table: 'resources' },
  { type: 'Microsoft.Network/virtualNetworks', versions: network, table: 'resources' },
  { type: 'Microsoft.Security/advancedThreatProtectionSettings', versions: { '2019-01-01': [] } },
  { type: 'Microsoft.Security/pricings', versions: { '2024-01-01': [] } },
];

/** By type in lower case. */
export const operationOf: ReadonlyMap<string, Operation> = new Map(operations.map(operation => [operation.type.toLowerCase(), operation]));

/** What an api-version shows of a resource: everything but the dotted paths under `properties`, where `*` is any name. */
export function visible<R extends { readonly properties: Readonly<Record<string, unknown>> }>(resource: R, leftOut: readonly string[]): R {
  const properties = leftOut.reduce<unknown>((value, path) => without(value, path.split('.')), resource.properties);
  return properties === resource.properties ? resource : { ...resource, properties };
}

/** The same value where there is nothing to leave out. */
function without(value: unknown, [name = '', ...rest]: readonly string[]): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const hit = (key: string): boolean => name === '*' || key === name;
  const entries = Object.entries(value);
  if (!entries.some(([key]) => hit(key))) return value;
  if (rest.length === 0) return Object.fromEntries(entries.filter(([key]) => !hit(key)));
  return Object.fromEntries(entries.map(([key, inner]) => [key, hit(key) ? without(inner, rest) : inner]));
}
