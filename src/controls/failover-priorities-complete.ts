import { control, fail, notApplicable, pass } from '../core/control.ts';
import { regionsOf } from './regions.ts';
import { cut, listed } from './support.ts';

export const failoverPrioritiesComplete = control({
  id: 'failover-priorities-complete',
  scope: 'account',
  title: 'Every region has a failover priority of its own.',
  severity: 'low',
  rationale: 'Priorities say which region takes over, and in which order. Where two share one, nobody knows beforehand where writes and the load go when a region fails.',
  remediation: {
    text: 'Give every region its own priority: 0 for the write region, then 1, 2 and so on in the order in which they should take over. Changing priority 0 fails over.',
    cli: "az cosmosdb failover-priority-change --ids <account-id> --failover-policies 'West Europe=0' 'North Europe=1'",
    bicep: "properties: {\n  locations: [\n    { locationName: 'West Europe', failoverPriority: 0 }\n    { locationName: 'North Europe', failoverPriority: 1 }\n  ]\n}",
  },
  references: ['https://learn.microsoft.com/azure/cosmos-db/how-to-manage-database-account#set-failover-priorities-for-your-azure-cosmos-db-account'],
  requirements: ['SEC regional-failovers'],
  notApplicableWhen: 'the account has one region',
  needs: ['account'],
  evaluate({ account }) {
    const regions = regionsOf(account);
    const observed = { priorities: cut(regions.map(({ name, failoverPriority }) => ({ region: name, priority: failoverPriority }))) };
    if (regions.length < 2) return notApplicable('The account has one region, so there is none to fail over to.', observed);
    const shared = regions.filter(({ failoverPriority: own }, at) => own !== null && regions.some((other, index) => index !== at && other.failoverPriority === own));
    if (shared.length > 0) return fail(`Regions share a failover priority: ${listed(shared.map(({ name, failoverPriority }) => `${name} (${failoverPriority})`))}.`, observed);
    const without = regions.find(({ failoverPriority }) => failoverPriority === null);
    if (without) throw new Error(`Azure left the failover priority of region ${without.name} out.`);
    return pass(observed);
  },
});
