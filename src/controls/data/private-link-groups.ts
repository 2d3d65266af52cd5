import type { Api } from '../../core/account.ts';

/** The date of the documentation page that the table is from. */
export const privateLinkGroupsAsOf = '2025-06-26';

/**
 * The private link sub-resource (group id) through which clients of an API connect. Table and Gremlin accounts can be
 * reached through `Sql` too, by clients of the NoSQL API; `SqlDedicated` is the dedicated gateway only, `Analytical` the
 * analytical store.
 * @see https://learn.microsoft.com/azure/cosmos-db/how-to-configure-private-endpoints#api-types-and-private-zone-names
 */
export const privateLinkGroups: Readonly<Record<Api, string>> = { nosql: 'Sql', mongodb: 'MongoDB', cassandra: 'Cassandra', gremlin: 'Gremlin', table: 'Table' };
