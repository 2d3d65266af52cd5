import { expect, test } from 'vitest';
import { privateDnsZoneLinked } from '../../src/controls/private-dns-zone-linked.ts';
import { accountFacts, organisation } from '../support/builders.ts';
import { dnsLinks, endpoint, networkId, otherNetworkId, records, zoneId } from '../support/network-builders.ts';
import { specify } from '../support/specify.ts';

const zone = (name: string): string => zoneId.replace('privatelink.documents.azure.com', name);
const registering = (groupId: string, name: string) => ({ privateEndpoints: [endpoint({ groupIds: [groupId], zones: [{ zoneId: zone(name), records }] })], privateDnsLinks: dnsLinks({ zones: [{ id: zone(name), networks: [{ id: networkId, addressPrefixes: null }] }] }) });
const linkedTo = (networks: readonly { readonly id: string; readonly addressPrefixes: readonly string[] | null }[], dnsServers: readonly string[]) => ({ privateDnsLinks: dnsLinks({ zones: [{ id: zoneId, networks }], resolvers: [{ networkId, dnsServers }] }) });
const hub = (...addressPrefixes: readonly string[]) => ({ id: otherNetworkId, addressPrefixes });

specify(privateDnsZoneLinked, {
  passes: [
    { when: 'the endpoint registers in the zone that is linked to its network', observing: { cloud: 'public', endpoints: [{ endpoint: 'orders', zones: ['privatelink.documents.azure.com'] }] } },
    { when: 'ids differ in case', given: { privateDnsLinks: dnsLinks({ zones: [{ id: zoneId.toUpperCase(), networks: [{ id: networkId.toUpperCase(), addressPrefixes: null }] }] }) } },
    { when: 'the zone name differs in case', given: registering('sql', 'privatelink.Documents.azure.com') },
    ...[
      ['SqlDedicated', 'privatelink.sqlx.cosmos.azure.com'],
      ['MongoDB', 'privatelink.mongo.cosmos.azure.com'],
      ['Cassandra', 'privatelink.cassandra.cosmos.azure.com'],
      ['Gremlin', 'privatelink.gremlin.cosmos.azure.com'],
      ['Table', 'privatelink.table.cosmos.azure.com'],
      ['Analytical', 'privatelink.analytics.cosmos.azure.com'],
    ].map(([group = '', name = '']) => ({ when: `${group} registers in ${name}`, given: registering(group, name) })),
    { when: 'the cloud is for the US government', given: registering('Sql', 'privatelink.documents.azure.us'), organisation: { cloud: 'usgovernment' } },
    { when: 'the cloud is in China', given: registering('MongoDB', 'privatelink.mongo.cosmos.azure.cn'), organisation: { cloud: 'china' } },
    { when: 'another cloud uses the names of one that is documented', given: registering('Sql', 'privatelink.documents.azure.us'), organisation: { cloud: 'custom' } },
    {
      when: 'one of two zones is right',
      given: { privateEndpoints: [endpoint({ zones: [{ zoneId: zone('contoso.internal'), records }, { zoneId, records }] })] },
    },
    { when: 'its network asks a DNS server in a network that the zone is linked to', given: linkedTo([hub('10.9.0.0/16')], ['10.9.4.4']) },
    { when: 'each of two DNS servers is in one of two such networks', given: linkedTo([hub('10.9.0.0/16'), { id: `${otherNetworkId}2`, addressPrefixes: ['10.8.0.0/16'] }], ['10.9.4.4', '10.8.4.4']) },
  ],
  fails: [
    { when: 'the endpoint has no zone group', given: { privateEndpoints: [endpoint({ zones: [] })] }, says: 'Names do not lead to every private endpoint: orders has no zone group.' },
    { when: 'the zone is for another API', given: registering('Sql', 'privatelink.mongo.cosmos.azure.com'), says: 'orders registers in privatelink.mongo.cosmos.azure.com instead of privatelink.documents.azure.com' },
    { when: 'the zone is of another cloud', given: registering('Sql', 'privatelink.documents.azure.us'), says: 'instead of privatelink.documents.azure.com' },
    { when: 'the zone is linked to no network', given: linkedTo([], []), says: 'zone privatelink.documents.azure.com is not linked to network hub.' },
    { when: 'the zone is linked to another network only', given: linkedTo([{ id: otherNetworkId, addressPrefixes: null }], []), says: 'zone privatelink.documents.azure.com is not linked to network hub.' },
    { when: 'the DNS server is in no network that the zone is linked to', given: linkedTo([hub('10.9.0.0/16')], ['192.168.0.4']), says: 'is not linked to network hub, nor to a network that holds its DNS servers (192.168.0.4)' },
    { when: 'one of two DNS servers is not', given: linkedTo([hub('10.9.0.0/16')], ['10.9.4.4', '192.168.0.4']), says: 'nor to a network that holds its DNS servers (10.9.4.4, 192.168.0.4)' },
    { when: 'the addresses of the linked network are not known', given: linkedTo([{ id: otherNetworkId, addressPrefixes: null }], ['10.9.4.4']), says: 'nor to a network that holds its DNS servers' },
    { when: 'a DNS server is no address', given: linkedTo([hub('10.9.0.0/16')], ['dns.contoso.com']), says: 'nor to a network that holds its DNS servers (dns.contoso.com)' },
    {
      when: 'one of two endpoints is left out',
      given: { privateEndpoints: [endpoint(), endpoint({ id: '/endpoints/second', zones: [] })] },
      says: 'Names do not lead to every private endpoint: second has no zone group.',
    },
    {
      when: 'an endpoint reaches two sub-resources and registers one',
      given: { privateEndpoints: [endpoint({ groupIds: ['Sql', 'SqlDedicated'] })] },
      says: 'orders registers in privatelink.documents.azure.com instead of privatelink.sqlx.cosmos.azure.com',
    },
    { when: 'the cloud has no documented names and there is no zone group', given: { privateEndpoints: [endpoint({ zones: [] })] }, organisation: { cloud: 'custom' }, says: 'orders has no zone group' },
  ],
  doesNotApply: [
    { when: 'there is no approved endpoint', given: { privateEndpoints: [], privateDnsLinks: dnsLinks({ zones: [] }) }, because: 'The account has no approved private endpoint.' },
    { when: 'the cloud has no documented names and uses one of its own', given: registering('Sql', 'privatelink.documents.contoso.cloud'), organisation: { cloud: 'custom' }, because: 'for the cloud "custom", and privatelink.documents.contoso.cloud is none' },
  ],
});

const context = { now: new Date(0), parameters: {}, organisation: organisation() };

test.each([
  ['a sub-resource that is new', { privateEndpoints: [endpoint({ groupIds: ['Vector'] })] }, 'The private DNS zone of sub-resource Vector is not known.'],
  ['a zone whose links were not read', { privateDnsLinks: dnsLinks({ zones: [] }) }, 'The links of zone privatelink.documents.azure.com were not read.'],
  ['a network whose DNS servers were not read', { privateDnsLinks: dnsLinks({ zones: [{ id: zoneId, networks: [] }] }) }, 'The DNS servers of network hub were not read.'],
])('%s stops the control instead of passing', (_, given, says) => {
  expect(() => privateDnsZoneLinked.judge(accountFacts(given), context)).toThrow(says);
});
