import { control, fail, notApplicable, pass } from '../core/control.ts';
import { nameOf, subscriptionOf } from '../core/resource-id.ts';
import { cut, listed } from './support.ts';

/** A zone is kept by a lock on itself or above it, and by one on a record in it: what holds a locked thing cannot be deleted. */
export const privateDnsZoneLocked = control({
  id: 'private-dns-zone-locked',
  scope: 'subscription',
  title: 'Every private DNS zone for Cosmos DB is locked against deletion.',
  severity: 'low',
  rationale: 'A zone goes with one command, and every account that is reached through it goes with it: names lead to public addresses again, everywhere at once.',
  remediation: {
    text: 'Put a CanNotDelete lock on the SOA record of the zone, which keeps the zone and lets Azure remove the records of endpoints that are deleted. A lock on the zone or its resource group counts as well, and leaves such records behind.',
    cli: 'az lock create --name keep --lock-type CanNotDelete --resource <zone-id>/SOA/@',
    bicep: "resource soa 'Microsoft.Network/privateDnsZones/SOA@2024-06-01' existing = {\n  parent: zone\n  name: '@'\n}\n\nresource keep 'Microsoft.Authorization/locks@2020-05-01' = {\n  name: 'keep'\n  scope: soa\n  properties: {\n    level: 'CanNotDelete'\n  }\n}",
  },
  references: ['https://learn.microsoft.com/azure/dns/dns-protect-private-zones-recordsets', 'https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources'],
  requirements: ['ASB NS-7'],
  notApplicableWhen: 'the subscription has no private DNS zone for Cosmos DB, and its accounts use none',
  needs: ['privateDnsZones'],
  evaluate({ privateDnsZones: zones }) {
    const judged = zones.map(({ id, locks }) => ({ id, locks: locks.filter(({ level }) => typeof level === 'string'), strange: locks.filter(({ level }) => typeof level !== 'string') }));
    const open = judged.filter(({ locks }) => locks.length === 0);
    const observed = {
      zones: cut(judged.map(({ id, locks }) => ({ zone: nameOf(id), subscription: subscriptionOf(id), locks: cut(locks.map(({ name }) => name)) }))),
      unlocked: cut(open.map(({ id }) => id)),
    };
    if (zones.length === 0) return notApplicable('The subscription has no private DNS zone for Cosmos DB, and its accounts use none.', observed);
    if (open.length === 0) return pass(observed);
    const undecided = open.find(({ strange }) => strange.length > 0);
    if (undecided) throw new Error(`A lock on zone ${nameOf(undecided.id)} has a level that this program does not know.`);
    return fail(`No lock keeps these private DNS zones from being deleted: ${listed(open.map(({ id }) => nameOf(id)))}.`, observed);
  },
});
