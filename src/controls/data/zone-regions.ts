/** The date of the documentation page that the list is from. */
export const zoneRegionsAsOf = '2025-04-15';

/**
 * Regions with availability zones, as `regionKey` writes them. A region that opened later is not here and is not judged.
 * @see https://learn.microsoft.com/azure/reliability/regions-list the public cloud, 2025-04-15
 * @see https://learn.microsoft.com/azure/reliability/availability-zones-region-support US Gov Virginia, China North 3; 2024-11-20
 */
export const zoneRegions: readonly string[] = [
  'australiaeast', 'austriaeast', 'brazilsouth', 'canadacentral', 'centralindia', 'centralus', 'chilecentral', 'chinanorth3', 'eastasia', 'eastus', 'eastus2',
  'francecentral', 'germanywestcentral', 'indonesiacentral', 'israelcentral', 'italynorth', 'japaneast', 'japanwest', 'koreacentral', 'malaysiawest',
  'mexicocentral', 'newzealandnorth', 'northeurope', 'norwayeast', 'polandcentral', 'qatarcentral', 'southafricanorth', 'southcentralus', 'southeastasia',
  'spaincentral', 'swedencentral', 'switzerlandnorth', 'uaenorth', 'uksouth', 'usgovvirginia', 'westeurope', 'westus2', 'westus3',
];
