import { describe, expect, test } from 'vitest';
import { AccountOnWire } from '../../src/collectors/account-on-wire.ts';
import { accountControls } from '../../src/controls/index.ts';
import { known } from '../../src/core/fact.ts';
import type { Status } from '../../src/core/finding.ts';
import { assess } from '../../src/core/evaluate.ts';
import { firewallOf } from '../../src/exposure/firewall.ts';
import { demoEstate } from '../../src/sandbox/index.ts';
import { accountFacts, organisation } from '../support/builders.ts';

/** Controls that look at nothing but the account and its firewall, with what a baseline and the public cloud give besides; others are in the end-to-end test. */
const controls = accountControls.filter(({ needs }) => needs.every(need => need === 'account' || need === 'firewall'));
const estate = demoEstate();
const judge = {
  now: new Date(),
  organisation: organisation({ subscriptions: new Set(estate.subscriptions.map(({ subscriptionId }) => subscriptionId)), allowedRegions: ['westeurope', 'northeurope'], approvedRanges: ['203.0.113.0/24'], requiredTags: ['classification'] }),
  settings: ({ severity }: { readonly severity: (typeof controls)[number]['severity'] }) => ({ enabled: true, severity, parameters: {} }),
};

const findings = estate.resources
  .filter(({ type }) => type === 'Microsoft.DocumentDB/databaseAccounts')
  .flatMap(resource => {
    const account = AccountOnWire.parse(resource);
    return assess({ resourceId: account.id, resourceType: resource.type, name: account.name, subscriptionId: '', location: account.location }, null, { ...accountFacts({ account }), firewall: firewallOf(known(account)) }, controls, judge).findings;
  });

/** Applicable as soon as a baseline gives values, or in a documented cloud. */
const given = new Set(['classification-tag-present', 'firewall-portal-addresses', 'firewall-ranges-approved', 'regions-allowed']);

describe('the demo estate', () => {
  test.each(controls.map(control => [control.id, control] as const))('has accounts on both sides of %s', (id, control) => {
    const expected: Status[] = given.has(id) || control.notApplicableWhen === undefined ? ['pass', 'fail'] : ['pass', 'fail', 'notApplicable'];
    const seen = new Set(findings.filter(({ controlId }) => controlId === id).map(({ status }) => status));
    expect(expected.filter(status => !seen.has(status))).toEqual([]);
  });
});
