import { expect, test } from 'vitest';
import { sawAllOf } from '../../src/scan/exemption-scope.ts';
import type { ScanScope } from '../../src/scan/plan.ts';
import { foreignSubscriptionId, otherSubscriptionId, subscriptionId } from '../support/builders.ts';
import { exemption } from '../support/exemptions.ts';

const whole: ScanScope = { include: [], exclude: [], managementGroup: null };
const targets = [
  { subscriptionId, name: '', skip: null },
  { subscriptionId: otherSubscriptionId, name: '', skip: 'The subscription is deleted.' },
];
const here = exemption();
const deleted = exemption({ scope: { resourceId: `/subscriptions/${otherSubscriptionId}/resourceGroups/x`, tag: null } });
const elsewhere = exemption({ scope: { resourceId: `/subscriptions/${foreignSubscriptionId}`, tag: null } });
const tagged = exemption({ scope: { resourceId: null, tag: { name: 'a', value: null } } });

test.each([
  ['of everything', whole, [true, true, true, true]],
  ['of named subscriptions', { ...whole, include: [subscriptionId] }, [true, false, false, false]],
  ['that leaves some out', { ...whole, exclude: [foreignSubscriptionId] }, [true, false, false, false]],
  ['of a management group', { ...whole, managementGroup: 'platform' }, [true, false, false, false]],
] as const)('a scan %s has seen all that an exemption here, of a deleted subscription, elsewhere, by tag could match: %o', (_, scope, expected) => {
  expect([here, deleted, elsewhere, tagged].map(sawAllOf(scope, { targets }))).toEqual(expected);
});
