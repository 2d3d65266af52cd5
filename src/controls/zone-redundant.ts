import { control, fail, notApplicable, pass } from '../core/control.ts';
import { zoneRegions, zoneRegionsAsOf } from './data/zone-regions.ts';
import { regionKey, regionsOf } from './regions.ts';
import { cut, listed } from './support.ts';

const withZones = new Set(zoneRegions);

/** A region that is on no list of regions with zones is not judged, unless the account is zone redundant there all the same. */
export const zoneRedundant = control({
  id: 'zone-redundant',
  scope: 'account',
  title: 'The account is zone redundant in every region that has availability zones.',
  severity: 'medium',
  rationale:
    "A zone is a datacenter with its own power, cooling and network. With zone redundancy the four replicas of a region lie in several zones, and the loss of one is not noticed; without, a fire or a power failure takes the region's copy down.",
  remediation: {
    text: 'Zone redundancy is chosen when a region is added. Add the region as zone redundant; for one that the account has already, move writes to another region, remove it, and add it again.',
    cli: "az cosmosdb update --ids <account-id> --locations regionName='West Europe' failoverPriority=0 isZoneRedundant=True --locations regionName='North Europe' failoverPriority=1 isZoneRedundant=True",
    bicep: "properties: {\n  locations: [\n    { locationName: 'West Europe', failoverPriority: 0, isZoneRedundant: true }\n    { locationName: 'North Europe', failoverPriority: 1, isZoneRedundant: true }\n  ]\n}",
  },
  references: ['https://learn.microsoft.com/azure/reliability/reliability-cosmos-db-nosql', 'https://learn.microsoft.com/azure/reliability/regions-list'],
  requirements: ['SEC local-replication'],
  notApplicableWhen: 'no region of the account is on the list of regions with availability zones',
  needs: ['account'],
  evaluate({ account }) {
    const regions = regionsOf(account);
    const judged = regions.filter(({ name, zoneRedundant: redundant }) => redundant === true || withZones.has(regionKey(name)));
    const notJudged = regions.filter(region => !judged.includes(region)).map(({ name }) => name);
    const without = judged.filter(({ zoneRedundant: redundant }) => redundant === false).map(({ name }) => name);
    const observed = { judged: cut(judged.map(({ name }) => name)), without: cut(without), notJudged: cut(notJudged), regionsWithZonesAsOf: zoneRegionsAsOf };
    if (judged.length === 0) return notApplicable(`No region of the account has availability zones, by the list of ${zoneRegionsAsOf}: ${listed(notJudged)}.`, observed);
    if (without.length > 0) return fail(`Not zone redundant in ${listed(without)}, which ${without.length === 1 ? 'has' : 'have'} availability zones (list of ${zoneRegionsAsOf}).`, observed);
    const unsaid = judged.find(({ zoneRedundant: redundant }) => redundant === null);
    if (unsaid) throw new Error(`Azure does not say whether the account is zone redundant in ${unsaid.name}.`);
    return pass(observed);
  },
});
