import { hidden, managementGroups, subscriptionIds, subscriptions, tenantId } from './demo/company.ts';
import { clusterResources } from './demo/clusters.ts';
import { edgeResources, unindexed } from './demo/edges.ts';
import { keepingResources } from './demo/keeping.ts';
import { monitoringResources } from './demo/monitoring.ts';
import { networkResources } from './demo/networks.ts';
import { perimeterResources } from './demo/perimeters.ts';
import { privateAccessResources } from './demo/private-access.ts';
import { productionResources } from './demo/production.ts';
import { applicationRoles, roleResources } from './demo/roles.ts';
import { stagingResources, unreadable } from './demo/staging.ts';
import { teamResources } from './demo/teams.ts';
import { vaultResources } from './demo/vaults.ts';
import type { Estate } from './estate.ts';

/** Pages short enough that every list of some length has two. */
const pageSizes = {
  'Microsoft.Resources/subscriptions': 5,
  'Microsoft.Management/managementGroups/descendants': 6,
  'Microsoft.ResourceGraph/resources': 25,
  'Microsoft.Authorization/roleAssignments': 3,
  'Microsoft.Authorization/roleDefinitions': 5,
  'Microsoft.DocumentDB/databaseAccounts': 8,
  'Microsoft.Network/networkSecurityPerimeters': 4,
  'Microsoft.Network/networkSecurityPerimeters/profiles': 2,
  'Microsoft.Network/networkSecurityPerimeters/profiles/accessRules': 2,
  'Microsoft.Network/networkSecurityPerimeters/resourceAssociations': 3,
} as const;

const resources = [
  ...productionResources,
  ...stagingResources,
  ...teamResources,
  ...keepingResources,
  ...edgeResources,
  ...perimeterResources,
  ...networkResources,
  ...privateAccessResources,
  ...clusterResources,
  ...monitoringResources,
  ...vaultResources,
  ...roleResources,
];

/** Contoso: a company in which everything that can be right or wrong about an account or a perimeter is, once. */
export function demoEstate(): Estate {
  return {
    tenantId,
    subscriptions,
    hidden,
    managementGroups,
    resources: [...resources, ...applicationRoles(resources)],
    faults: { deniedSubscriptions: [subscriptionIds.treasury], throttledSubscriptions: [subscriptionIds.logistics], deniedPaths: unreadable },
    unindexed,
    pageSizes,
  };
}
