import { describe, expect, test } from 'vitest';
import { known, unknown, type Fact } from '../../src/core/fact.ts';
import type { Association, PerimeterConfiguration, Side } from '../../src/core/perimeter.ts';
import { associationsOf, namedAssociations, perimeterHealthOf, type PerimeterReading } from '../../src/exposure/associations.ts';
import { accountId, association, perimeterAssociation, perimeterId, profile, rule, side } from '../support/builders.ts';

const otherPerimeterId = perimeterId.replace('production', 'staging');
const otherAccountId = accountId.replace('orders', 'invoices');
const denied = unknown('denied', 'Perimeter production may not be read.', ['GET perimeter'], 'Microsoft.Network/networkSecurityPerimeters/read');

function configuration(differences: Partial<PerimeterConfiguration> = {}): PerimeterConfiguration {
  return { name: 'aaaa.orders', perimeterId, perimeterGuid: 'aaaa', associationName: 'orders', side: side(), ...differences };
}

function reading(differences: Partial<PerimeterReading> = {}): PerimeterReading {
  return { id: perimeterId, profiles: known([profile()], ['GET profiles']), associations: known([perimeterAssociation()], ['GET associations']), ...differences };
}

const configured = (...all: PerimeterConfiguration[]): Fact<readonly PerimeterConfiguration[]> => known(all, ['GET configurations']);
const bySide = (differences: Partial<Side> = {}): Fact<Side> => known(side(differences), ['GET associations', 'GET profiles']);
const own = known(side(), ['GET configurations']);

describe('associationsOf', () => {
  interface Case {
    readonly when: string;
    readonly configurations: Fact<readonly PerimeterConfiguration[]>;
    readonly perimeters: readonly PerimeterReading[];
    readonly expected: readonly Association[];
  }
  const cases: readonly Case[] = [
    { when: 'there are none', configurations: configured(), perimeters: [reading({ associations: known([]) })], expected: [] },
    { when: 'both sides hold it', configurations: configured(configuration()), perimeters: [reading()], expected: [{ perimeterId, name: 'orders', account: own, perimeter: bySide() }] },
    {
      when: 'ids differ in case only',
      configurations: configured(configuration({ perimeterId: perimeterId.toUpperCase() })),
      perimeters: [reading({ associations: known([perimeterAssociation({ resourceId: accountId.toLowerCase(), profile: 'DEFAULT' })], ['GET associations']) })],
      expected: [{ perimeterId: perimeterId.toUpperCase(), name: 'orders', account: own, perimeter: bySide() }],
    },
    {
      when: 'the perimeter holds other accounts too',
      configurations: configured(configuration()),
      perimeters: [reading({ associations: known([perimeterAssociation({ name: 'invoices', resourceId: otherAccountId }), perimeterAssociation()], ['GET associations']) })],
      expected: [{ perimeterId, name: 'orders', account: own, perimeter: bySide() }],
    },
    { when: 'only another account is in the perimeter', configurations: configured(), perimeters: [reading({ associations: known([perimeterAssociation({ resourceId: otherAccountId })]) })], expected: [] },
    {
      when: 'only the perimeter holds it',
      configurations: configured(),
      perimeters: [reading()],
      expected: [{ perimeterId, name: 'orders', account: known(null, ['GET configurations']), perimeter: bySide() }],
    },
    {
      when: 'only the account holds it',
      configurations: configured(configuration()),
      perimeters: [reading({ associations: known([], ['GET associations']) })],
      expected: [{ perimeterId, name: 'orders', account: own, perimeter: known(null, ['GET associations']) }],
    },
    {
      when: 'the perimeter is not among those read',
      configurations: configured(configuration()),
      perimeters: [reading({ id: otherPerimeterId, associations: known([]) })],
      expected: [{ perimeterId, name: 'orders', account: own, perimeter: unknown('missing', 'Perimeter production was not read.') }],
    },
    { when: 'the perimeter\'s associations could not be read', configurations: configured(configuration()), perimeters: [reading({ associations: denied })], expected: [{ perimeterId, name: 'orders', account: own, perimeter: denied }] },
    { when: 'the perimeter\'s profiles could not be read', configurations: configured(configuration()), perimeters: [reading({ profiles: denied })], expected: [{ perimeterId, name: 'orders', account: own, perimeter: denied }] },
    {
      when: 'profiles could not be read and only the perimeter holds it',
      configurations: configured(),
      perimeters: [reading({ profiles: denied })],
      expected: [{ perimeterId, name: 'orders', account: known(null, ['GET configurations']), perimeter: denied }],
    },
    {
      when: 'the association names a profile the perimeter does not have',
      configurations: configured(configuration()),
      perimeters: [reading({ profiles: known([profile({ name: 'strict' })], ['GET profiles']) })],
      expected: [
        {
          perimeterId,
          name: 'orders',
          account: own,
          perimeter: unknown('contradictory', 'Association orders of perimeter production names profile default, which the perimeter does not have.', ['GET associations', 'GET profiles']),
        },
      ],
    },
    {
      when: 'the two sides name the association differently, and it is the only one',
      configurations: configured(configuration({ associationName: 'orders-1234' })),
      perimeters: [reading()],
      expected: [{ perimeterId, name: 'orders-1234', account: own, perimeter: bySide() }],
    },
    {
      when: 'a perimeter holds the account twice, names tell them apart',
      configurations: configured(configuration({ associationName: 'B', side: side({ accessMode: 'Learning' }) }), configuration({ associationName: 'a' })),
      perimeters: [reading({ associations: known([perimeterAssociation({ name: 'a' }), perimeterAssociation({ name: 'b', accessMode: 'Learning' })], ['GET associations']) })],
      expected: [
        { perimeterId, name: 'B', account: known(side({ accessMode: 'Learning' }), ['GET configurations']), perimeter: bySide({ accessMode: 'Learning' }) },
        { perimeterId, name: 'a', account: own, perimeter: bySide() },
      ],
    },
    {
      when: 'a perimeter holds the account twice and the account knows of one',
      configurations: configured(configuration({ associationName: 'a' })),
      perimeters: [reading({ associations: known([perimeterAssociation({ name: 'a' }), perimeterAssociation({ name: 'b', accessMode: 'Learning' })], ['GET associations']) })],
      expected: [
        { perimeterId, name: 'a', account: own, perimeter: bySide() },
        { perimeterId, name: 'b', account: known(null, ['GET configurations']), perimeter: bySide({ accessMode: 'Learning' }) },
      ],
    },
    {
      when: 'there are two perimeters',
      configurations: configured(configuration(), configuration({ perimeterId: otherPerimeterId })),
      perimeters: [reading({ id: otherPerimeterId }), reading()],
      expected: [
        { perimeterId, name: 'orders', account: own, perimeter: bySide() },
        { perimeterId: otherPerimeterId, name: 'orders', account: own, perimeter: bySide() },
      ],
    },
  ];
  for (const { when, configurations, perimeters, expected } of cases) {
    test(`when ${when}`, () => {
      expect(associationsOf(accountId, configurations, perimeters)).toEqual(known(expected, ['GET configurations']));
    });
  }

  test('is not known where the account\'s own side is not, whatever perimeters say', () => {
    const missing = unknown('throttled', 'Asked too often.');
    expect(associationsOf(accountId, missing, [reading()])).toBe(missing);
  });

  test('takes over what the perimeter reports', () => {
    const rules = [rule({ addressPrefixes: ['20.1.2.0/24'] })];
    const perimeter = reading({
      profiles: known([profile({ name: 'default', accessRulesVersion: '7', rules })]),
      associations: known([perimeterAssociation({ accessMode: 'Audit', provisioningState: 'Updating', hasProvisioningIssues: true })]),
    });
    const [only] = namedAssociations(accountId, [perimeter]);
    expect(only?.perimeter).toEqual(known({ accessMode: 'Audit', profile: 'default', accessRulesVersion: '7', rules, provisioningState: 'Updating', issues: ['the perimeter reports provisioning issues'] }));
  });
});

describe('namedAssociations', () => {
  const ownSide = unknown('missing', "The account's own configuration of perimeter production was not read.");

  const cases: readonly (readonly [when: string, perimeters: readonly PerimeterReading[], expected: readonly Association[]])[] = [
    ['no perimeter lists the account', [reading({ associations: known([perimeterAssociation({ resourceId: otherAccountId })]) })], []],
    ['a perimeter lists it', [reading()], [{ perimeterId, name: 'orders', account: ownSide, perimeter: bySide() }]],
    ['a perimeter lists it in another case', [reading({ associations: known([perimeterAssociation({ resourceId: accountId.toUpperCase() })], ['GET associations']) })], [{ perimeterId, name: 'orders', account: ownSide, perimeter: bySide() }]],
    ['a perimeter could not be read', [reading({ associations: denied })], []],
    ['the rules of a perimeter that lists it could not be read', [reading({ profiles: denied })], [{ perimeterId, name: 'orders', account: ownSide, perimeter: denied }]],
  ];
  for (const [when, perimeters, expected] of cases) {
    test(`when ${when}`, () => {
      expect(namedAssociations(accountId, perimeters)).toEqual(expected);
    });
  }
});

describe('perimeterHealthOf', () => {
  const both = (ours: Partial<Side>, theirs: Partial<Side>): Association => ({ perimeterId, name: 'orders', account: known(side(ours)), perimeter: known(side(theirs)) });
  const narrow = [rule({ name: 'a', addressPrefixes: ['20.1.2.0/24', '2001:DB8::/32'], subscriptions: ['1', '2'] }), rule({ name: 'b', direction: 'Outbound', fullyQualifiedDomainNames: ['*.contoso.com'] })];
  const reordered = [rule({ name: 'b', direction: 'Outbound', fullyQualifiedDomainNames: ['*.Contoso.com'] }), rule({ name: 'a', addressPrefixes: ['2001:db8::/32', '20.1.2.0/24'], subscriptions: ['2', '1'] })];

  const cases: readonly (readonly [when: string, associations: readonly Association[], problems: readonly string[]])[] = [
    ['there are no associations', [], []],
    ['both sides say the same', [association()], []],
    ['rules differ in order and case only', [both({ rules: narrow }, { rules: reordered })], []],
    ['the perimeter has service tags, which the account\'s API leaves out', [both({ rules: [rule()] }, { rules: [rule({ serviceTags: ['AzureCloud'] })] })], []],
    ['a version is left out', [both({ accessRulesVersion: null }, {})], []],
    ['a name differs in case only', [both({ profile: 'Default' }, { profile: 'default' })], []],
    ['the account has no configuration', [{ ...association(), account: known(null) }], ['Perimeter production lists the account, but the account has no configuration of it.']],
    ['the perimeter does not list the account', [{ ...association(), perimeter: known(null) }], ['The account has a configuration of perimeter production, which does not list the account.']],
    ['access modes differ', [both({ accessMode: 'Learning' }, {})], ['Account and perimeter production differ in access mode: account Learning (portal: Transition), perimeter Enforced.']],
    ['an access mode is new', [both({ accessMode: { unrecognised: 'Strict' } }, {})], ['Account and perimeter production differ in access mode: account Strict, perimeter Enforced.']],
    ['profiles differ', [both({ profile: 'strict' }, {})], ['Account and perimeter production differ in profile: account strict, perimeter default.']],
    ['versions differ', [both({ accessRulesVersion: '2' }, { rules: narrow })], ['Account and perimeter production differ in access rules version: account 2, perimeter 3.']],
    ['rules differ and versions do not', [both({}, { rules: narrow })], ['Account and perimeter production differ in access rules, although the versions are equal.']],
    ['rules differ in direction only', [both({ rules: [rule({ subscriptions: ['1'] })] }, { rules: [rule({ direction: 'Outbound', subscriptions: ['1'] })] })], ['Account and perimeter production differ in access rules, although the versions are equal.']],
    ['rules differ and a version is left out', [both({ accessRulesVersion: null }, { rules: narrow })], ['Account and perimeter production differ in access rules.']],
    ['the account\'s side is not provisioned', [both({ provisioningState: 'Updating' }, {})], ["The account's side of perimeter production has provisioning state Updating."]],
    ['the perimeter\'s side is not provisioned', [both({}, { provisioningState: 'Failed' })], ["The perimeter's side of production has provisioning state Failed."]],
    ['the account reports issues', [both({ issues: ['The account has no managed identity.', 'rules are old'] }, {})], ["The account's side of perimeter production: The account has no managed identity.", "The account's side of perimeter production: rules are old."]],
    ['the perimeter reports issues', [both({}, { issues: ['the perimeter reports provisioning issues'] })], ["The perimeter's side of production: the perimeter reports provisioning issues."]],
    [
      'everything is wrong',
      [both({ accessMode: 'Learning', provisioningState: 'Failed' }, { profile: 'strict' }), { ...association(), account: known(null) }],
      [
        "The account's side of perimeter production has provisioning state Failed.",
        'Account and perimeter production differ in access mode: account Learning (portal: Transition), perimeter Enforced.',
        'Account and perimeter production differ in profile: account default, perimeter strict.',
        'Perimeter production lists the account, but the account has no configuration of it.',
      ],
    ],
  ];
  for (const [when, associations, problems] of cases) {
    test(`when ${when}: ${problems.length === 0 ? 'no problem' : `${problems.length} problem${problems.length === 1 ? '' : 's'}`}`, () => {
      expect(perimeterHealthOf(known(associations, ['GET configurations']))).toEqual(known({ associations: associations.length, problems }, ['GET configurations']));
    });
  }

  test('is not known where associations are not, for the same reason', () => {
    expect(perimeterHealthOf(denied)).toBe(denied);
  });

  test('is not known where a side was not read and the other shows no problem', () => {
    expect(perimeterHealthOf(known([association(), { ...association(), perimeter: denied }]))).toBe(denied);
    expect(perimeterHealthOf(known([{ ...association(), account: denied }]))).toBe(denied);
  });

  test('a problem on the side that was read is known all the same', () => {
    const failed: Association = { perimeterId, name: 'orders', account: known(side({ provisioningState: 'Failed' })), perimeter: denied };
    expect(perimeterHealthOf(known([failed]))).toEqual(known({ associations: 1, problems: ["The account's side of perimeter production has provisioning state Failed."] }));
    const elsewhere: Association[] = [{ ...association(), perimeter: denied }, { ...association(), account: known(null) }];
    expect(perimeterHealthOf(known(elsewhere))).toMatchObject({ known: true, value: { associations: 2, problems: [expect.any(String)] } });
  });
});
