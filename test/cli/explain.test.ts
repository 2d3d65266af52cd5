import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { explainCommand } from '../../src/cli/explain-command.ts';
import { filled, renderExplanation, renderStandings } from '../../src/cli/explain-text.ts';
import { exposureCommand } from '../../src/cli/exposure-command.ts';
import { resourceCalled, type Seen } from '../../src/cli/look.ts';
import { allControls } from '../../src/controls/index.ts';
import type { Assessment } from '../../src/core/assessment.ts';
import type { Finding } from '../../src/core/finding.ts';
import { accountId, exposure, otherSubscriptionId, subscriptionId } from '../support/builders.ts';
import { captured } from '../support/captured.ts';
import { doorLocked } from '../support/catalogue.ts';
import { temporaryFolder } from '../support/folder.ts';
import { exempted, findingOf, gaps, hostileText, reportInput, unsafeIn } from '../support/report-inputs.ts';
import { assessment } from '../support/results.ts';
import { savedScan } from '../support/saved-scans.ts';

const seen: Seen = { assessments: [], names: new Map([[subscriptionId, 'production']]), missing: [], at: new Date('2026-11-20T06:00:00Z') };
const look = { width: 90, color: false };
const door = (differences: Partial<Finding> = {}): Finding => findingOf(accountId, 'door-locked', { severity: 'high', message: 'The door is open.', observed: { open: true, ways: ['front', 'back'] }, ...differences });

describe('an explanation', () => {
  test('of a failure says what was found, from which values, why it matters, and how to fix it', () => {
    expect(renderExplanation(doorLocked, assessment(), door(), seen, look)).toBe(`door-locked on orders (production): fails
high, off by default, looks at an account, seen 2026-11-20 06:00 UTC

Passes when
  The door is locked.

Found
  The door is open.

Observed
  open  true
  ways  ["front","back"]

Why it matters
  An open door lets in *anybody*, a<b>ll of them | really.

Fix
  Turn the <key>, as in \`lock <door_id>\`.

Azure CLI
  az door lock --ids <door-id>

Bicep
  properties: {
    locked: true
  }

Read from
  GET /subscriptions

Requirements
  ASB NS-1, SEC network-security

References
  https://example.org/doors
`);
  });

  test.each<[string, Finding | null, readonly string[], readonly string[]]>([
    ['a pass has no fix', door({ status: 'pass' }), [': passes\n'], ['\nFix\n', 'Azure CLI']],
    ['what is not known says what is missing, and which permission would change that', door({ status: 'unknown', gaps, observed: {}, sources: [] }), [': is not known\n', 'Not known\n  account  denied     Cannot read it. Needs Microsoft.DocumentDB/databaseAccounts/read.\n  locks    throttled  Azure asks to wait.', '\nFix\n'], ['Observed', 'Read from']],
    ['what does not apply has no fix', door({ status: 'notApplicable' }), [': does not apply\n'], ['\nFix\n']],
    ['an exempted failure says by whom, and until when', door(exempted('2026-12-31')), [': fails\n', 'Exempted\n  accepted-risk by data@contoso.com until 2026-12-31: It moves in spring.', '\nFix\n'], ['has ended']],
    ['an exemption that ended is said to have', door(exempted('2026-11-01')), ['Exemption that has ended\n'], ['\nExempted\n']],
    ["the baseline's severity is the one that counts", door({ severity: 'low' }), ['\nlow, off by default'], ['\nhigh']],
    ['a control that did not judge says so', null, ['was not judged: the control is off'], ['\nFound', '\nFix\n']],
  ])('%s', (_, finding, says, saysNot) => {
    const text = renderExplanation(doorLocked, assessment(), finding, seen, look);
    expect([says.filter(each => !text.includes(each)), saysNot.filter(each => text.includes(each))]).toEqual([[], []]);
  });

  test('of where a control stands says what was not read, if only one thing', () => {
    expect(renderStandings(doorLocked, [], { ...seen, missing: ['Cannot list perimeters.'] }, look)).toContain('\nNot read\n  Cannot list perimeters.\n');
    expect(renderStandings(doorLocked, [], seen, look)).not.toContain('Not read');
  });

  test('shows hostile names as text', () => {
    fc.assert(
      fc.property(hostileText, text => {
        const finding = door({ message: text, observed: { [text]: text }, sources: [text], gaps: [{ ...gaps[0], detail: text }], status: 'unknown' });
        expect(unsafeIn(renderExplanation(doorLocked, assessment({ name: text }), finding, { ...seen, names: new Map([[subscriptionId, text]]) }, look))).toEqual([]);
        expect(unsafeIn(renderStandings(doorLocked, [{ assessment: assessment({ name: text }), finding }], { ...seen, missing: [text] }, look))).toEqual([]);
      }),
    );
  });
});

describe('the command to fix it', () => {
  test.each([
    ['an account by its id', 'az cosmosdb update --ids <account-id> --x', `az cosmosdb update --ids ${accountId} --x`],
    ['an account by name and group', 'az cosmosdb identity assign --resource-group <group> --name <account>', 'az cosmosdb identity assign --resource-group data --name orders'],
    ['the group of something else', 'az network private-dns zone show --resource-group <group> --name <account>', 'az network private-dns zone show --resource-group <group> --name orders'],
    ['what is not known', 'az network vnet subnet update --ids <subnet-id>', 'az network vnet subnet update --ids <subnet-id>'],
  ])('names %s', (_, cli, expected) => {
    expect(filled(cli, assessment())).toBe(expected);
  });

  test.each([
    ['a perimeter', { resourceType: 'Microsoft.Network/networkSecurityPerimeters' }],
    ['a name that a shell would not take as it is', { name: 'a;b' }],
    ['a group that a shell would not take as it is', { resourceId: accountId.replace('/data/', '/da(t)a/') }],
  ])('stays as it is for %s', (_, differences) => {
    expect(filled('az cosmosdb update --ids <account-id> --name <account>', assessment(differences))).toContain('<account-id>');
  });
});

describe('a resource', () => {
  const among = [assessment(), assessment({ resourceId: accountId.replace('orders', 'basket'), name: 'basket' }), assessment({ resourceId: accountId.replace(subscriptionId, otherSubscriptionId).replace('orders', 'basket'), name: 'Basket' })];
  const nothing = { missing: [] };

  test.each([['by name', 'orders'], ['by name in another case', 'ORDERS'], ['by id', accountId], ['by id in another case', accountId.toUpperCase()]])('is found %s', (_, wanted) => {
    expect(resourceCalled(wanted, among, nothing)).toBe(among[0]);
  });

  test.each<[string, string, { readonly missing: readonly string[] }, RegExp]>([
    ['several have the name', 'basket', nothing, /^2 resources are called basket:\n {2}\/subscriptions\/1.*\n {2}\/subscriptions\/2.*\n Name one by its id\.$/s],
    ['none has, and one is near', 'order', nothing, /^No resource is called order\. Did you mean orders\?$/],
    ['none has', 'inventory', nothing, /^No resource is called inventory\. Name it as Azure does, or by its id: az cosmosdb list/],
    ['none has the id', '/subscriptions/x', nothing, /^No resource has the id \/subscriptions\/x\. /],
    ['not everything was read', 'inventory', { missing: ['Subscription a was not read (denied).', 'b.', 'c.', 'd.'] }, /Not everything was read: Subscription a was not read \(denied\)\. b\. c\. And 1 more\. /],
  ])('%s: an error', (_, wanted, missing, says) => {
    expect(() => resourceCalled(wanted, among, missing)).toThrow(says);
  });
});

describe('the commands over a saved scan', () => {
  const file = (assessments: readonly Assessment[]): string => {
    const path = join(temporaryFolder(), 'scan.json');
    writeFileSync(path, JSON.stringify(savedScan({ assessments })));
    return path;
  };
  const judged = (status: Finding['status'], name: string): Assessment => assessment({ name, resourceId: `${accountId}-${name}`, findings: [findingOf(accountId, 'local-auth-disabled', { status, ...(status === 'unknown' && { gaps }) })] });

  test.each<[string, Assessment[], string | undefined, number, RegExp]>([
    ['a failure', [judged('fail', 'orders')], 'orders', 0, /^local-auth-disabled on orders \(production\): fails/],
    ['something unknown', [judged('unknown', 'orders')], 'orders', 2, /is not known/],
    ['a resource that it does not judge', [assessment({ findings: [] })], 'orders', 2, /was not judged/],
    ['all resources', [judged('fail', 'orders'), judged('pass', 'basket')], undefined, 0, /^local-auth-disabled: passes 1, fails 1\n[^]*\nFails\n {2}orders {2}production {2}Everybody can reach it\.\n/],
    ['all resources, one of them unknown', [judged('unknown', 'orders')], undefined, 2, /^local-auth-disabled: is not known 1\n/],
    ['no resource', [], undefined, 0, /^local-auth-disabled: judged nothing\n/],
  ])('explain %s', async (_, assessments, resource, code, says) => {
    const { output, text } = captured();
    expect(await explainCommand('local-auth-disabled', resource, { from: file(assessments), subscription: [] }, output)).toBe(code);
    expect(text()).toMatch(says);
  });

  test('explain says which subscriptions were not read, by name where they have one', async () => {
    const { output, text } = captured();
    const path = join(temporaryFolder(), 'scan.json');
    const denied = { outcome: 'denied', reason: 'No.', accounts: 0 } as const;
    const subscriptions = [{ ...denied, subscriptionId, name: 'production' }, { ...denied, subscriptionId: otherSubscriptionId, name: '' }];
    writeFileSync(path, JSON.stringify(savedScan({ subscriptions, scan: { gaps: [{ reason: 'denied', detail: 'Cannot list perimeters.' }] } })));
    expect(await explainCommand('local-auth-disabled', undefined, { from: path, subscription: [] }, output)).toBe(2);
    expect(text()).toContain(`Not read\n  Subscription production was not read (denied). No.\n  Subscription ${otherSubscriptionId} was not read (denied). No.\n  Cannot list perimeters.\n`);
  });

  test('explain an unknown control', async () => {
    await expect(explainCommand('local-auth-disable', undefined, { from: file([]), subscription: [] })).rejects.toThrow(/There is no control "local-auth-disable"\. Did you mean local-auth-disabled\?/);
  });

  test('explains every finding there is', async () => {
    const { assessments } = reportInput({ controls: allControls });
    for (const each of assessments) for (const finding of each.findings) expect(renderExplanation(doorLocked, each, finding, seen, look)).toContain(finding.message);
  });

  test.each<[string, Assessment, number, RegExp]>([
    ['an account', assessment({ exposure: exposure({ reach: 'internet' }), findings: [] }), 0, /└─ Reach: internet/],
    ['an account whose reach is not known', assessment({ exposure: exposure({ reach: 'unknown', decidedBy: 'not known' }), findings: [] }), 2, /└─ Reach: unknown\n/],
    ['an account that was not read', assessment({ exposure: null }), 2, /Nothing is known of it/],
  ])('exposure of %s', async (_, each, code, says) => {
    const { output, text } = captured();
    expect(await exposureCommand('orders', { from: file([each]), subscription: [] }, output)).toBe(code);
    expect(text()).toMatch(says);
  });

  test('exposure of what is no account', async () => {
    const perimeter = assessment({ name: 'production', resourceType: 'Microsoft.Network/networkSecurityPerimeters' });
    await expect(exposureCommand('production', { from: file([perimeter]), subscription: [] })).rejects.toThrow(/No resource is called production/);
  });
});
