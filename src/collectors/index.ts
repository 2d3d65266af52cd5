import { accountPreviews } from './account-previews.ts';
import { accounts } from './accounts.ts';
import { activityLogAlerts } from './activity-log-alerts.ts';
import { cassandraClusters, clusterSubscriptionsByResourceGraph, mongoClusters, mongoFirewall } from './clusters.ts';
import { controlPlaneRoles } from './control-plane-roles.ts';
import { cassandraRoles, gremlinRoles, mongoRoles, nosqlRoles, tableRoles } from './data-plane-roles.ts';
import { defenderPlan, ownThreatProtection } from './defender.ts';
import { diagnosticSettings } from './diagnostic-settings.ts';
import { flowLogs, networkWatchers } from './flow-logs.ts';
import { locks } from './locks.ts';
import { mongoUsers } from './mongo-users.ts';
import { virtualNetworks } from './networks.ts';
import { perimeterConfigurations } from './perimeter-configurations.ts';
import { associations, links, logCategories, profiles } from './perimeter-parts.ts';
import { perimeters, perimetersByResourceGraph } from './perimeters.ts';
import { permissions } from './permissions.ts';
import { privateDnsRecords, privateDnsZoneLinks, privateDnsZones } from './private-dns.ts';
import { privateDnsZoneGroups, privateEndpoints } from './private-endpoints.ts';
import { publicAddresses } from './public-addresses.ts';
import { securityGroups } from './security-groups.ts';
import { managementGroupSubscriptions, subscriptions } from './subscriptions.ts';

/** Every collector, sorted by name in code. The reader role is the union of their actions. */
export const collectors = {
  accountPreviews,
  accounts,
  activityLogAlerts,
  associations,
  cassandraClusters,
  cassandraRoles,
  clusterSubscriptionsByResourceGraph,
  controlPlaneRoles,
  defenderPlan,
  diagnosticSettings,
  flowLogs,
  gremlinRoles,
  links,
  locks,
  logCategories,
  managementGroupSubscriptions,
  mongoClusters,
  mongoFirewall,
  mongoRoles,
  mongoUsers,
  networkWatchers,
  nosqlRoles,
  ownThreatProtection,
  perimeterConfigurations,
  perimeters,
  perimetersByResourceGraph,
  permissions,
  privateDnsRecords,
  privateDnsZoneGroups,
  privateDnsZoneLinks,
  privateDnsZones,
  privateEndpoints,
  profiles,
  publicAddresses,
  securityGroups,
  subscriptions,
  tableRoles,
  virtualNetworks,
} as const;
