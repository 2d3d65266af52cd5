import type { collectors } from '../collectors/index.ts';
import type { FactsOf, Scope } from '../core/snapshot.ts';

type Readers<Facts> = { readonly [Name in keyof Facts]: readonly (keyof typeof collectors)[] };

/** Which collectors each fact rests on: what stays unknown when one of them may not read. */
export const collectedBy: { readonly [S in Scope]: Readers<FactsOf[S]> } = {
  account: {
    account: ['accounts'],
    activityLogSettings: ['diagnosticSettings'],
    associations: ['perimeterConfigurations'],
    controlPlaneRoles: ['controlPlaneRoles'],
    dataPlaneRoles: ['nosqlRoles', 'mongoRoles', 'cassandraRoles', 'gremlinRoles', 'tableRoles'],
    diagnosticSettings: ['diagnosticSettings'],
    endpointGroups: ['accounts', 'privateEndpoints'],
    exposure: ['accounts', 'perimeterConfigurations'],
    firewall: ['accounts'],
    flowLogs: ['flowLogs', 'networkWatchers', 'virtualNetworks'],
    keyVaultMembership: ['accounts', 'perimeterConfigurations', 'associations', 'links'],
    locks: ['locks'],
    mongoUsers: ['mongoUsers'],
    networks: ['virtualNetworks', 'privateEndpoints'],
    perimeterFeatures: ['accounts', 'accountPreviews', 'perimeterConfigurations'],
    perimeterHealth: ['perimeterConfigurations', 'profiles', 'associations'],
    preview: ['accountPreviews'],
    privateDnsLinks: ['privateEndpoints', 'privateDnsZoneGroups', 'privateDnsZoneLinks', 'virtualNetworks'],
    privateDnsRecords: ['privateEndpoints', 'privateDnsZoneGroups', 'privateDnsRecords'],
    privateEndpoints: ['privateEndpoints', 'privateDnsZoneGroups'],
    publicAddresses: ['publicAddresses', 'virtualNetworks'],
    securityGroups: ['securityGroups', 'virtualNetworks'],
    subnets: ['virtualNetworks'],
    threatProtection: ['defenderPlan', 'ownThreatProtection'],
  },
  cluster: {
    cluster: ['mongoClusters', 'cassandraClusters'],
    clusterFirewall: ['mongoFirewall'],
    diagnosticSettings: ['diagnosticSettings'],
  },
  perimeter: {
    associations: ['associations'],
    diagnosticSettings: ['diagnosticSettings'],
    inboundRules: ['profiles'],
    links: ['links'],
    logCategories: ['logCategories'],
    profiles: ['profiles'],
  },
  subscription: {
    accountIds: ['accounts'],
    activityLogAlerts: ['activityLogAlerts'],
    locks: ['locks'],
    privateDnsZones: ['privateDnsZones', 'locks'],
  },
  tenant: {},
};
