import { expect, test } from 'vitest';
import { privateDnsRecordsCurrent } from '../../src/controls/private-dns-records-current.ts';
import { account, accountFacts, endpointId, organisation, region } from '../support/builders.ts';
import { endpoint, records, zoneId, zoneRecords } from '../support/network-builders.ts';
import { specify } from '../support/specify.ts';

const second = (address: string) => endpoint({ id: `${endpointId}-two`, zones: [{ zoneId, records: [{ name: 'orders', addresses: [address] }] }] });
const [own = { name: 'orders', addresses: [] }, ...regional] = records;
const inZone = (...all: readonly { readonly name: string; readonly addresses: readonly string[] }[]) => ({ privateDnsRecords: [zoneRecords({ records: all })] });
const otherZone = zoneId.replace('/network/', '/spokes/');
const elsewhere = { name: 'orders', addresses: ['10.1.0.4'] };

specify(privateDnsRecordsCurrent, {
  passes: [
    { when: 'every record has the address that the zone group registered', observing: { approvedEndpoints: 1, zones: [{ zone: 'privatelink.documents.azure.com', records: ['orders', 'orders-westeurope', 'orders-northeurope'] }], problems: [] } },
    { when: 'names and ids differ in case', given: { privateDnsRecords: [zoneRecords({ zoneId: zoneId.toUpperCase(), records: records.map(({ name, addresses }) => ({ name: name.toUpperCase(), addresses })) })] } },
    {
      when: 'the endpoint itself tells its names',
      given: {
        privateEndpoints: [endpoint({ names: [{ name: 'orders.documents.azure.com', addresses: ['10.0.0.4'] }], zones: [{ zoneId, records: [{ name: 'orders', addresses: ['10.0.0.99'] }] }] })],
        ...inZone(own),
      },
    },
    { when: 'it tells them with the private zone in them', given: { privateEndpoints: [endpoint({ names: [{ name: 'Orders.privatelink.documents.azure.com.', addresses: ['10.0.0.4'] }] })], ...inZone(own) } },
    { when: 'it tells names of another zone only', given: { privateEndpoints: [endpoint({ names: [{ name: 'orders.mongo.cosmos.azure.com', addresses: ['10.0.0.99'] }] })] } },
    { when: "a record of another account begins like this one's", given: inZone(...records, { name: 'orders-archive', addresses: ['10.9.9.9'] }) },
    {
      when: 'two endpoints have a zone each',
      given: {
        privateEndpoints: [endpoint(), endpoint({ id: `${endpointId}-two`, zones: [{ zoneId: otherZone, records: [elsewhere] }] })],
        privateDnsRecords: [zoneRecords(), { zoneId: otherZone, records: [elsewhere] }],
      },
    },
    { when: 'two endpoints share a record that holds both addresses', given: { privateEndpoints: [endpoint(), second('10.1.0.4')], ...inZone({ name: 'orders', addresses: ['10.1.0.4', '10.0.0.4'] }, ...regional) } },
  ],
  fails: [
    {
      when: 'a record points to an address that no endpoint has',
      given: inZone({ name: 'orders', addresses: ['10.0.0.4', '10.0.0.99'] }, ...regional),
      says: 'Private DNS records and private endpoints differ: orders in privatelink.documents.azure.com points to 10.0.0.99, which no endpoint that registers there has.',
    },
    {
      when: 'a record holds an older address',
      given: inZone({ name: 'orders', addresses: ['10.0.0.99'] }, ...regional),
      says: 'points to 10.0.0.99, which no endpoint that registers there has, instead of 10.0.0.4.',
    },
    { when: 'a record is missing', given: inZone(...regional), says: 'orders in privatelink.documents.azure.com lacks 10.0.0.4.' },
    { when: 'a record is empty', given: inZone({ name: 'orders', addresses: [] }, ...regional), says: 'orders in privatelink.documents.azure.com lacks 10.0.0.4.' },
    { when: 'of two endpoints in one zone the second overwrote the record', given: { privateEndpoints: [endpoint(), second('10.1.0.4')], ...inZone({ name: 'orders', addresses: ['10.1.0.4'] }, ...regional) }, says: 'orders in privatelink.documents.azure.com lacks 10.0.0.4.' },
    {
      when: "a record for one of the account's regions is nobody's",
      given: {
        account: account({ regions: [region({ name: 'East US' })] }),
        privateEndpoints: [endpoint({ zones: [{ zoneId, records: [own] }] })],
        ...inZone(own, { name: 'orders-eastus', addresses: ['10.0.0.7'] }),
      },
      says: 'orders-eastus in privatelink.documents.azure.com points to 10.0.0.7, which no endpoint that registers there has.',
    },
    { when: 'the zone group keeps no record', given: { privateEndpoints: [endpoint({ zones: [{ zoneId, records: [] }] })], ...inZone() }, says: 'orders keeps no record in privatelink.documents.azure.com.' },
    { when: 'it keeps none and one is left over', given: { privateEndpoints: [endpoint({ zones: [{ zoneId, records: [] }] })], ...inZone(own) }, says: 'orders keeps no record in privatelink.documents.azure.com; orders in privatelink.documents.azure.com points to 10.0.0.4' },
  ],
  doesNotApply: [
    { when: 'there is no approved endpoint', given: { privateEndpoints: [], privateDnsRecords: [] }, because: 'The account has no approved private endpoint.' },
    { when: 'no endpoint has a zone group', given: { privateEndpoints: [endpoint({ zones: [] })], privateDnsRecords: [] }, because: 'No private endpoint of the account registers in a private DNS zone.' },
  ],
});

test('a zone whose records were not read stops the control instead of passing', () => {
  const context = { now: new Date(0), parameters: {}, organisation: organisation() };
  expect(() => privateDnsRecordsCurrent.judge(accountFacts({ privateDnsRecords: [] }), context)).toThrow('The records of zone privatelink.documents.azure.com were not read.');
});
