import { anything, anyArray, anyObject, boolean, integer, objectOf, text, type Type } from './types.ts';

/** A function of Bicep: how many arguments it takes, and what it gives. */
export interface BicepFunction {
  readonly least: number;
  readonly most: number;
  readonly gives: Type;
  /** Known only while the deployment runs. */
  readonly late?: boolean;
}

const many = Number.POSITIVE_INFINITY;

function give(gives: Type, entries: Readonly<Record<string, readonly [number, number?]>>): readonly (readonly [string, BicepFunction])[] {
  return Object.entries(entries).map(([name, [least, most = least]]) => [name, { least, most, gives }] as const);
}

const scope = objectOf({ id: text, name: text, type: text, location: text, tags: anyObject, properties: anyObject, subscriptionId: text, tenantId: text, displayName: text, managedBy: text });

/** @see https://learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-functions#environment-functions */
const cloud = objectOf({
  name: text,
  resourceManager: text,
  authentication: objectOf({ loginEndpoint: text, audiences: anyArray, tenant: text, identityProvider: text }),
  suffixes: objectOf({ acrLoginServer: text, azureDatalakeAnalyticsCatalogAndJob: text, azureDatalakeStoreFileSystem: text, azureFrontDoorEndpointSuffix: text, keyvaultDns: text, sqlServerHostname: text, storage: text }),
  portal: text,
  graph: text,
});

/**
 * Functions of Bicep, without those that this project does not let in.
 * @see https://learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-functions
 */
export const functions: ReadonlyMap<string, BicepFunction> = new Map([
  ...give(text, {
    base64: [1],
    base64ToString: [1],
    cidrHost: [2],
    cidrSubnet: [3],
    concat: [1, many],
    extensionResourceId: [3, many],
    format: [2, many],
    dataUri: [1],
    dataUriToString: [1],
    nameof: [1],
    uriComponentToString: [1],
    buildUri: [1],
    guid: [1, many],
    join: [2],
    loadFileAsBase64: [1],
    loadTextContent: [1, 2],
    managementGroupResourceId: [2, many],
    padLeft: [2, 3],
    replace: [3],
    resourceId: [2, many],
    string: [1],
    subscriptionResourceId: [2, many],
    substring: [2, 3],
    tenantResourceId: [2, many],
    toLower: [1],
    toUpper: [1],
    trim: [1],
    uniqueString: [1, many],
    uri: [2],
    uriComponent: [1],
  }),
  ...give(integer, { dateTimeToEpoch: [1], indexOf: [2], int: [1], lastIndexOf: [2], length: [1], max: [1, many], min: [1, many] }),
  ...give(boolean, { bool: [1], contains: [2], empty: [1], endsWith: [2], startsWith: [2] }),
  ...give(anyArray, { array: [1], createArray: [0, many], filter: [2], flatten: [1], loadDirectoryFileInfo: [1, 2], items: [1], map: [2], objectKeys: [1], range: [2], sort: [2], split: [2] }),
  ...give(anyObject, { createObject: [0, many], groupBy: [2, 3], parseUri: [1], mapValues: [2], parseCidr: [1], shallowMerge: [1], toObject: [2, 3] }),
  ...give(anything, { any: [1], base64ToJson: [1], coalesce: [1, many], fail: [1], first: [1], intersection: [2, many], json: [1], last: [1], loadJsonContent: [1, 3], loadYamlContent: [1, 3], reduce: [3], skip: [2], take: [2], union: [2, many] }),
  ...give(scope, { managementGroup: [0, 1], resourceGroup: [0, 2], subscription: [0, 1], tenant: [0] }),
  ...give(cloud, { environment: [0] }),
  ...give(anyObject, { deployment: [0] }),
  ['reference', { least: 1, most: 3, gives: anything, late: true }],
]);

/** Functions that are refused, and why: a second deployment of the same files has to change nothing, and no key leaves Azure. */
export const refusedFunctions: ReadonlyMap<string, string> = new Map([
  ...['utcNow', 'newGuid', 'dateTimeAdd', 'deployer'].map(name => [name, 'gives another value in every deployment, so that a second one would change something'] as const),
  ...['listKeys', 'listSecrets', 'listAccountSas', 'listServiceSas', 'list', 'getSecret'].map(name => [name, 'hands out secrets; identities are used instead'] as const),
]);

/** @see https://learn.microsoft.com/azure/azure-resource-manager/bicep/parameters#use-decorators */
export const decorators: ReadonlySet<string> = new Set(['allowed', 'batchSize', 'description', 'discriminator', 'export', 'maxLength', 'maxValue', 'metadata', 'minLength', 'minValue', 'sealed', 'secure']);
