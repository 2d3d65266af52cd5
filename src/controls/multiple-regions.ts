import { control, fail, notApplicable, pass } from '../core/control.ts';
import { unsupported } from './applicability.ts';
import { regionsOf } from './regions.ts';
import { cut } from './support.ts';

export const multipleRegions = control({
  id: 'multiple-regions',
  scope: 'account',
  title: 'The account has at least two regions, or three with strong consistency.',
  severity: 'medium',
  rationale:
    'With one region the account is down as long as the region is, and what was not backed up elsewhere may be lost. With strong consistency every write waits for the other regions: with two of them, the failure of one stops writes.',
  remediation: {
    text: 'Add a region, away from the first and where the data may be. Each region costs its throughput and storage again.',
    cli: "az cosmosdb update --ids <account-id> --locations regionName='West Europe' failoverPriority=0 isZoneRedundant=True --locations regionName='North Europe' failoverPriority=1 isZoneRedundant=True",
    bicep: "properties: {\n  locations: [\n    { locationName: 'West Europe', failoverPriority: 0, isZoneRedundant: true }\n    { locationName: 'North Europe', failoverPriority: 1, isZoneRedundant: true }\n  ]\n}",
  },
  references: ['https://learn.microsoft.com/azure/cosmos-db/distribute-data-globally', 'https://learn.microsoft.com/azure/reliability/reliability-cosmos-db-nosql'],
  requirements: ['SEC global-replication'],
  notApplicableWhen: 'the account is serverless',
  needs: ['account'],
  evaluate({ account }) {
    const regions = regionsOf(account).map(({ name }) => name);
    const { consistency } = account;
    const observed = { regions: cut(regions), consistency };
    const reason = unsupported('severalRegions', account);
    if (reason !== null) return notApplicable(reason, observed);
    if (regions.length < 2) return fail(`The account has one region, ${regions.join()}.`, observed);
    if (regions.length > 2) return pass(observed);
    if (consistency === null) throw new Error('The account has two regions, and Azure left its consistency out: Strong would need three.');
    return consistency.toLowerCase() === 'strong' ? fail('The account has two regions and strong consistency, which needs three to survive the failure of one.', observed) : pass(observed);
  },
});
