/** The day the names were last compared with the documentation. */
export const privateDnsZonesAsOf = '2026-11-20';

/**
 * Private DNS zones by cloud and sub-resource of an account, in lower case.
 * @see https://learn.microsoft.com/azure/private-link/private-endpoint-dns
 * @see https://learn.microsoft.com/azure/cosmos-db/how-to-configure-private-endpoints#private-zone-name-mapping
 */
const zones: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  public: {
    sql: 'privatelink.documents.azure.com',
    sqldedicated: 'privatelink.sqlx.cosmos.azure.com',
    mongodb: 'privatelink.mongo.cosmos.azure.com',
    cassandra: 'privatelink.cassandra.cosmos.azure.com',
    gremlin: 'privatelink.gremlin.cosmos.azure.com',
    table: 'privatelink.table.cosmos.azure.com',
    analytical: 'privatelink.analytics.cosmos.azure.com',
  },
  usgovernment: {
    sql: 'privatelink.documents.azure.us',
    mongodb: 'privatelink.mongo.cosmos.azure.us',
    cassandra: 'privatelink.cassandra.cosmos.azure.us',
    gremlin: 'privatelink.gremlin.cosmos.azure.us',
    table: 'privatelink.table.cosmos.azure.us',
  },
  china: {
    sql: 'privatelink.documents.azure.cn',
    mongodb: 'privatelink.mongo.cosmos.azure.cn',
    cassandra: 'privatelink.cassandra.cosmos.azure.cn',
    gremlin: 'privatelink.gremlin.cosmos.azure.cn',
    table: 'privatelink.table.cosmos.azure.cn',
  },
};

const names: ReadonlySet<string> = new Set(Object.values(zones).flatMap(each => Object.values(each)));

/** Whether a private DNS zone is one for Cosmos DB accounts, in any cloud. */
export function isCosmosZone(name: string): boolean {
  return names.has(name.toLowerCase());
}

/** The zones that are right for a sub-resource: one in a cloud that is documented, those of all clouds in another. */
export function zonesFor(cloud: string, groupId: string): readonly string[] {
  const documented = zones[cloud];
  return (documented ? [documented] : Object.values(zones)).flatMap(each => each[groupId.toLowerCase()] ?? []);
}

/** Whether the names of a cloud are documented. */
export function isDocumented(cloud: string): boolean {
  return cloud in zones;
}
