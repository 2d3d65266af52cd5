import { describe, expect, test } from 'vitest';
import { exemptionFrom, exemptionUse } from '../../src/baseline/exemptions.ts';
import type { Exemption } from '../../src/core/exemption.ts';
import type { Status } from '../../src/core/finding.ts';
import { accountId, foreignSubscriptionId, subscriptionId } from '../support/builders.ts';
import { exemption } from '../support/exemptions.ts';
import { assessment, finding } from '../support/results.ts';

const now = new Date('2026-11-20T06:00:00Z');

describe('an exemption of a file', () => {
  const entry = { id: 'a', controls: ['b', 'a', 'b'], category: 'mitigated' as const, reason: 'r', owner: 'o', expiresOn: '2026-12-31' };

  test.each([
    ['a resource id in lower case, without the slash at its end', { resourceId: `${accountId}//` }, { resourceId: accountId.toLowerCase(), tag: null }],
    ['a tag with a value', { tag: { name: 'Env', value: 'Test' } }, { resourceId: null, tag: { name: 'Env', value: 'Test' } }],
    ['a tag with any value', { tag: { name: 'Env' } }, { resourceId: null, tag: { name: 'Env', value: null } }],
    ['an empty value of a tag', { tag: { name: 'Env', value: '' } }, { resourceId: null, tag: { name: 'Env', value: '' } }],
  ])('has %s', (_, given, scope) => {
    expect(exemptionFrom({ ...entry, scope: given })).toEqual({ ...entry, controls: ['a', 'b'], scope });
  });
});

function warned(exemptions: readonly Exemption[], statuses: readonly Status[] = ['fail'], wasRead = true): readonly string[] {
  const use = exemptionUse(exemptions);
  for (const status of statuses) use.note(assessment({ findings: [finding({ status })] }));
  return use.warnings(now, () => wasRead);
}

describe('a scan warns of an exemption', () => {
  test.each([
    ['that ends in 14 days', '2026-12-04', 'Exemption legacy ends on 2026-12-04. data@contoso.com fixes the cause'],
    ['that ends today', '2026-11-20', 'Exemption legacy ends on 2026-11-20.'],
    ['that ended yesterday', '2026-11-19', 'Exemption legacy expired on 2026-11-19, and what it covers counts again.'],
    ['that ended 14 days ago', '2026-11-06', 'Exemption legacy expired on 2026-11-06'],
  ])('%s', (_, expiresOn, says) => {
    expect(warned([exemption({ expiresOn })])).toEqual([expect.stringContaining(says)]);
    expect(warned([exemption({ expiresOn })], [], false), 'also where the scan is incomplete').toEqual([expect.stringContaining(says)]);
  });

  test.each([
    ['whose scope holds nothing that is judged', [], 'nothing in its scope is judged by exposure-not-public'],
    ['that is not needed any more', ['pass', 'notApplicable'], 'everything it covers passes or does not apply'],
  ] as const)('%s', (_, statuses, says) => {
    expect(warned([exemption()], statuses)).toEqual([`Exemption legacy matches nothing: ${says}. Correct its scope, or remove it.`]);
  });

  test('for another subscription than any that was read', () => {
    expect(warned([exemption({ scope: { resourceId: `/subscriptions/${foreignSubscriptionId}`, tag: null } })])).toEqual([expect.stringContaining('matches nothing')]);
  });

  test('for a control that nothing fails', () => {
    expect(warned([exemption({ controls: ['a', 'b', 'c', 'd'] })])).toEqual([expect.stringContaining('judged by a, b, c or others it names')]);
  });
});

describe('a scan does not warn of an exemption', () => {
  test.each([
    ['that is needed and ends in 15 days', '2026-12-05', ['fail'], true],
    ['that ended 15 days ago and would still be needed', '2026-11-05', ['fail'], true],
    ['that is needed for what is not known', '2026-12-31', ['unknown'], true],
    ['that is needed somewhere', '2026-12-31', ['pass', 'fail', 'pass'], true],
    ['that matched nothing where not everything was read', '2026-12-31', ['pass'], false],
  ] as const)('%s', (_, expiresOn, statuses, wasRead) => {
    expect(warned([exemption({ expiresOn })], statuses, wasRead)).toEqual([]);
  });

  test('that covers a finding together with another', () => {
    const wide = exemption({ id: 'wide', scope: { resourceId: `/subscriptions/${subscriptionId}`, tag: null }, expiresOn: '2030-01-01' });
    expect(warned([exemption(), wide])).toEqual([]);
  });
});

describe('an exemption by tag', () => {
  const tagged = exemption({ scope: { resourceId: null, tag: { name: 'environment', value: null } } });
  const noted = (given: Exemption, ...assessments: Parameters<typeof assessment>): readonly string[] => {
    const use = exemptionUse([given]);
    for (const each of assessments) use.note(assessment(each));
    return use.warnings(now, () => true);
  };

  test('is needed where a resource with the tag fails', () => {
    expect(noted(tagged, { tags: { environment: 'test' } })).toEqual([]);
  });

  test('is not told of where the only resource that may carry the tag could not be read', () => {
    expect(noted(tagged, { findings: [finding({ status: 'unknown' })] })).toEqual([]);
  });

  test.each([
    ['carries no such tag', tagged, { tags: {} }],
    ['has no tags that are read', tagged, {}],
    ['is elsewhere', exemption({ scope: { resourceId: `/subscriptions/${foreignSubscriptionId}`, tag: tagged.scope.tag } }), { findings: [finding({ status: 'unknown' })] }],
    ['was read, and something of it was not', tagged, { tags: {}, findings: [finding({ status: 'unknown' })] }],
  ])('is told of where what fails %s', (_, given, differences) => {
    expect(noted(given, differences)).toEqual([expect.stringContaining('matches nothing')]);
  });
});

test('the scan says for each exemption whether it has seen all it could match', () => {
  const use = exemptionUse([exemption({ id: 'here' }), exemption({ id: 'there' })]);
  expect(use.warnings(now, ({ id }) => id === 'there')).toEqual([expect.stringContaining('Exemption there')]);
});
