import { expect, test } from 'vitest';
import { deleteLockPresent } from '../../src/controls/delete-lock-present.ts';
import { accountFacts, accountId, lock, organisation, otherSubscriptionId, subscriptionId } from '../support/builders.ts';
import { specify } from '../support/specify.ts';

const group = `/subscriptions/${subscriptionId}/resourceGroups/data`;
const over = (scope: string) => ({ locks: [lock({ scope })] });

specify(deleteLockPresent, {
  passes: [
    { when: 'it has a lock', given: over(accountId), observing: { locks: [{ name: 'keep', scope: accountId, level: 'CanNotDelete' }] } },
    { when: 'its group has one', given: over(group) },
    { when: 'its subscription has one', given: over(`/subscriptions/${subscriptionId}`) },
    { when: 'ids are written in other case', given: over(group.toUpperCase()) },
    { when: 'the lock forbids every change', given: { locks: [lock({ level: 'ReadOnly' })] } },
    { when: 'one of several locks is its own', given: { locks: [lock({ scope: `${group}-2` }), lock({ scope: group })] } },
    { when: 'a lock of a new kind is there besides', given: { locks: [lock({ level: { unrecognised: 'Frozen' } }), lock()] } },
  ],
  fails: [
    { when: 'there is no lock', given: { locks: [] }, says: 'No lock on the account, its resource group or its subscription' },
    { when: 'another account has one', given: over(`${accountId}-2`), says: 'No lock' },
    { when: 'a group whose name begins alike has one', given: over(`${group}base`), says: 'No lock' },
    { when: 'something below it has one', given: over(`${accountId}/privateEndpointConnections/orders`), says: 'No lock' },
    { when: 'another subscription has one', given: over(`/subscriptions/${otherSubscriptionId}`), says: 'No lock', observing: { locks: [] } },
    { when: 'a new kind of lock holds something else', given: { locks: [lock({ scope: `${accountId}-2`, level: { unrecognised: 'Frozen' } })] }, says: 'No lock' },
  ],
});

test('a lock of a new kind alone is not judged', () => {
  const facts = accountFacts({ locks: [lock({ level: { unrecognised: 'Frozen' } })] });
  expect(() => deleteLockPresent.judge(facts, { now: new Date('2026-11-20'), parameters: {}, organisation: organisation() })).toThrow('Lock keep has a level');
});
