import { hidden, managementGroups, subscriptionIds, subscriptions, tenantId } from './demo/company.ts';
import { edgeResources, unindexed } from './demo/edges.ts';
import { networkResources } from './demo/networks.ts';
import { perimeterResources } from './demo/perimeters.ts';
import { productionResources } from './demo/production.ts';
import { stagingResources, unreadable } from './demo/staging.ts';
import { teamResources } from './demo/teams.ts';
import type { Estate } from './estate.ts';

/** Pages short enough that every list of some length has two. */
const pageSizes = {
  'Microsoft.Resources/subscriptions': 5,
  'Microsoft.Management/managementGroups/descendants': 6,
  'Microsoft.ResourceGraph/resources': 25,
  'Microsoft.DocumentDB/databaseAccounts': 8,
  'Microsoft.Network/networkSecurityPerimeters': 4,
  'Microsoft.Network/networkSecurityPerimeters/profiles': 2,
  'Microsoft.Network/networkSecurityPerimeters/profiles/accessRules': 2,
  'Microsoft.Network/networkSecurityPerimeters/resourceAssociations': 3,
} as const;

/** Contoso: a company in which everything that can be right or wrong about exposure and perimeters is, once. */
export function demoEstate(): Estate {
  return {
    tenantId,
    subscriptions,
    hidden,
    managementGroups,
    resources: [...productionResources, ...stagingResources, ...teamResources, ...edgeResources, ...perimeterResources, ...networkResources],
    faults: { deniedSubscriptions: [subscriptionIds.treasury], throttledSubscriptions: [subscriptionIds.logistics], deniedPaths: unreadable },
    unindexed,
    pageSizes,
  };
}
