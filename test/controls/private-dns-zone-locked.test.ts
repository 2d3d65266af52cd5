import { expect, test } from 'vitest';
import { privateDnsZoneLocked } from '../../src/controls/private-dns-zone-locked.ts';
import { lock, organisation, subscriptionFacts, subscriptionId } from '../support/builders.ts';
import { protectedZone, zoneId } from '../support/network-builders.ts';
import { specify } from '../support/specify.ts';

const other = zoneId.replace('documents', 'mongo.cosmos');
const strange = lock({ level: { unrecognised: 'NotSpecified' } });

specify(privateDnsZoneLocked, {
  passes: [
    { when: 'the zone has a lock', observing: { zones: [{ zone: 'privatelink.documents.azure.com', subscription: subscriptionId, locks: ['keep'] }], unlocked: [] } },
    { when: 'the lock is ReadOnly', given: { privateDnsZones: [protectedZone({ locks: [lock({ level: 'ReadOnly' })] })] } },
    { when: 'one lock is of a level that is new, and another is not', given: { privateDnsZones: [protectedZone({ locks: [strange, lock()] })] } },
  ],
  fails: [
    { when: 'a zone has no lock', given: { privateDnsZones: [protectedZone({ locks: [] })] }, says: 'No lock keeps these private DNS zones from being deleted: privatelink.documents.azure.com.' },
    { when: 'one of two has none', given: { privateDnsZones: [protectedZone(), protectedZone({ id: other, locks: [] })] }, says: 'being deleted: privatelink.mongo.cosmos.azure.com.', observing: { unlocked: [other] } },
  ],
  doesNotApply: [{ when: 'there is no zone', given: { privateDnsZones: [] }, because: 'The subscription has no private DNS zone for Cosmos DB, and its accounts use none.' }],
});

test('a lock of a level that is new stops the control instead of counting', () => {
  const context = { now: new Date(0), parameters: {}, organisation: organisation() };
  const facts = subscriptionFacts({ privateDnsZones: [protectedZone({ locks: [strange] })] });
  expect(() => privateDnsZoneLocked.judge(facts, context)).toThrow('A lock on zone privatelink.documents.azure.com has a level that this program does not know.');
});
