import { control, fail, notApplicable, pass } from '../core/control.ts';
import type { AccountEndpoint, DnsName, ZoneRecords } from '../core/private-dns.ts';
import { nameOf, sameId } from '../core/resource-id.ts';
import { cut, listed } from './support.ts';

/**
 * What the endpoints say of themselves, or else what their zone groups registered, against the A records of those
 * zones. The records of an account are its name and its name with a region; a record with another ending may be of
 * another account and is left alone.
 */
export const privateDnsRecordsCurrent = control({
  id: 'private-dns-records-current',
  scope: 'account',
  title: "The account's records in private DNS zones hold the addresses of its private endpoints, and no others.",
  severity: 'medium',
  rationale:
    'A record that outlives its endpoint dangles: the address is free, and whoever gets it next in that network receives the connections and the keys that clients send. Of two endpoints in one zone, the second overwrites the records of the first, and deleting either removes them.',
  remediation: {
    text: "Delete the record set that dangles, then let the endpoint's zone group write its records again: remove the zone from the group and add it. Give endpoints of one account in several networks a zone of their own each.",
    cli: [
      'az network private-dns record-set a delete --resource-group <group> --zone-name privatelink.documents.azure.com --name <account>',
      'az network private-endpoint dns-zone-group create --resource-group <group> --endpoint-name <endpoint> --name default --private-dns-zone <zone-id> --zone-name cosmos',
    ].join('\n'),
    bicep: "resource zones 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2025-05-01' = {\n  parent: endpoint\n  name: 'default'\n  properties: {\n    privateDnsZoneConfigs: [\n      {\n        name: 'cosmos'\n        properties: {\n          privateDnsZoneId: zone.id\n        }\n      }\n    ]\n  }\n}",
  },
  references: ['https://learn.microsoft.com/azure/private-link/private-endpoint-dns-integration', 'https://learn.microsoft.com/azure/security/fundamentals/subdomain-takeover'],
  requirements: ['ASB NS-7'],
  notApplicableWhen: 'no approved private endpoint of the account registers in a private DNS zone',
  needs: ['account', 'privateEndpoints', 'privateDnsRecords'],
  evaluate({ account: { name, regions }, privateEndpoints, privateDnsRecords }) {
    const zoneIds = [...new Map(privateEndpoints.flatMap(({ zones }) => zones.map(({ zoneId }) => [zoneId.toLowerCase(), zoneId] as const))).values()];
    const own = [name, ...regions.map(region => `${name}-${region.name.replaceAll(' ', '')}`)].map(each => each.toLowerCase());
    const compared = zoneIds.map(zoneId => compare(zoneId, own, privateEndpoints, privateDnsRecords));
    const problems = compared.flatMap(each => each.problems);
    const observed = { approvedEndpoints: privateEndpoints.length, zones: cut(compared.map(({ zone, records }) => ({ zone, records: cut(records) }))), problems: cut(problems) };
    if (privateEndpoints.length === 0) return notApplicable('The account has no approved private endpoint.', observed);
    if (zoneIds.length === 0) return notApplicable('No private endpoint of the account registers in a private DNS zone.', observed);
    return problems.length > 0 ? fail(`Private DNS records and private endpoints differ: ${listed(problems, '; ')}.`, observed) : pass(observed);
  },
});

interface Compared {
  readonly zone: string;
  /** Names of the records that were looked at. */
  readonly records: readonly string[];
  readonly problems: readonly string[];
}

function compare(zoneId: string, own: readonly string[], endpoints: readonly AccountEndpoint[], zones: readonly ZoneRecords[]): Compared {
  const read = zones.find(each => sameId(each.zoneId, zoneId));
  if (!read) throw new Error(`The records of zone ${nameOf(zoneId)} were not read.`);
  const zone = nameOf(zoneId);
  const registering = endpoints.filter(endpoint => endpoint.zones.some(each => sameId(each.zoneId, zoneId)));
  const expected = byName(registering.flatMap(endpoint => expectedOf(endpoint, zoneId)));
  const found = byName(read.records);
  const silent = registering.filter(endpoint => expectedOf(endpoint, zoneId).length === 0).map(({ id }) => `${nameOf(id)} keeps no record in ${zone}`);
  const names = [...new Set([...expected.keys(), ...own.filter(name => found.has(name))])];
  const problems = names.flatMap((name): string[] => {
    const [should, is] = [expected.get(name) ?? [], found.get(name) ?? []];
    const dangling = is.filter(address => !should.includes(address));
    const missing = should.filter(address => !is.includes(address));
    if (dangling.length > 0) return [`${name} in ${zone} points to ${listed(dangling)}, which no endpoint that registers there has${missing.length > 0 ? `, instead of ${listed(missing)}` : ''}`];
    return missing.length > 0 ? [`${name} in ${zone} lacks ${listed(missing)}`] : [];
  });
  return { zone, records: names, problems: [...silent, ...problems] };
}

/** The records that an endpoint should have in a zone, relative to it. */
function expectedOf({ names, zones }: AccountEndpoint, zoneId: string): readonly DnsName[] {
  const own = names.flatMap(({ name, addresses }) => {
    const relative = relativeTo(nameOf(zoneId), name);
    return relative === null ? [] : { name: relative, addresses };
  });
  return own.length > 0 ? own : zones.filter(each => sameId(each.zoneId, zoneId)).flatMap(({ records }) => records);
}

/** `orders.documents.azure.com` is `orders` in `privatelink.documents.azure.com`; null for a name that is not in the zone. */
function relativeTo(zone: string, name: string): string | null {
  const suffix = `.${zone.toLowerCase().replace(/^privatelink\./, '')}`;
  const lower = name.toLowerCase().replace(/\.$/, '');
  return lower.endsWith(suffix) ? lower.slice(0, -suffix.length).replace(/\.privatelink$/, '') : null;
}

function byName(records: readonly DnsName[]): ReadonlyMap<string, readonly string[]> {
  const all = new Map<string, readonly string[]>();
  for (const { name, addresses } of records) all.set(name.toLowerCase(), [...(all.get(name.toLowerCase()) ?? []), ...addresses]);
  return all;
}
