import { describe, expect, test } from 'vitest';
import type { Account } from '../../src/core/account.ts';
import type { Exposure, LatentRisk } from '../../src/core/exposure.ts';
import { known, unknown, type Fact, type Reason } from '../../src/core/fact.ts';
import type { AccessMode, Association, Side } from '../../src/core/perimeter.ts';
import { exposureOf } from '../../src/exposure/effective-exposure.ts';
import { account, association, connection, otherSubscriptionId, perimeterId, rule, side, subnetId, subscriptionId } from '../support/builders.ts';

const noEndpoint = { privateEndpointConnections: [] };
const internet = [rule({ name: 'any', addressPrefixes: ['0.0.0.0/0'] })];
const strict = { unrecognised: 'Strict' };
const sometimes = { unrecognised: 'Sometimes' };
const action = 'Microsoft.DocumentDB/databaseAccounts/networkSecurityPerimeterConfigurations/read';
const ownDenied = unknown('denied', "The account's perimeter configurations may not be read.", ['GET configurations'], action);
const perimeterDenied = unknown('denied', 'Perimeter production may not be read.', ['GET perimeter'], 'Microsoft.Network/networkSecurityPerimeters/read');

/** An association whose sides may differ; null: the side does not hold it. */
function sides(own: Partial<Side> | null, theirs: Partial<Side> | null): Association {
  return { perimeterId, name: 'orders', account: known(own && side(own)), perimeter: known(theirs && side(theirs)) };
}

function expose(differences: Partial<Account>, associations: readonly Association[] | Fact<readonly Association[]> = [], named: readonly Association[] = []) {
  return exposureOf({ account: account(differences), associations: 'known' in associations ? associations : known(associations), named });
}

describe('explanations', () => {
  interface Case {
    readonly what: string;
    readonly given: Parameters<typeof expose>;
    readonly reach: Exposure['reach'];
    readonly says: string;
  }
  const cases: readonly Case[] = [
    {
      what: 'an account nobody has restricted',
      given: [{ publicNetworkAccess: 'Enabled', ...noEndpoint }],
      reach: 'internet',
      says: 'Anyone on the Internet can reach it: public network access is Enabled and there is no firewall rule.',
    },
    {
      what: 'held closed by its last private endpoint',
      given: [{ publicNetworkAccess: 'Enabled' }],
      reach: 'privateOnly',
      says: 'Only private endpoints can reach it: public network access is Enabled without a firewall, and 1 approved private endpoint keeps the public out. It opens to the whole Internet when the last approved private endpoint goes.',
    },
    {
      what: 'one IP rule for everybody',
      given: [{ publicNetworkAccess: 'Enabled', ipRules: ['20.1.2.3', '0.0.0.0/0'] }],
      reach: 'internet',
      says: 'Anyone on the Internet can reach it: IP rule 0.0.0.0/0 covers the Internet.',
    },
    {
      what: 'two IP rules for everybody',
      given: [{ publicNetworkAccess: 'Enabled', ipRules: ['0.0.0.0/1', '128.0.0.0/1'] }],
      reach: 'internet',
      says: 'Anyone on the Internet can reach it: IP rule 0.0.0.0/1 and IP rule 128.0.0.0/1 together cover the Internet.',
    },
    {
      what: 'all of Azure',
      given: [{ publicNetworkAccess: 'Enabled', ipRules: ['0.0.0.0'] }],
      reach: 'allAzure',
      says: 'Every Azure datacenter, other tenants included, can reach it: IP rule 0.0.0.0 stands for all Azure datacenters.',
    },
    {
      what: 'a firewall',
      given: [{ publicNetworkAccess: 'Enabled', ipRules: ['20.1.2.3'], virtualNetworkFilter: true, virtualNetworkRules: [{ subnetId, ignoreMissingEndpoint: false }] }],
      reach: 'selectedNetworks',
      says: 'Public access is limited to selected networks: the firewall has 1 IP rule and 1 virtual network rule.',
    },
    {
      what: 'Disabled, with a bypass',
      given: [{ publicNetworkAccess: 'Disabled', ...noEndpoint, bypassResourceIds: ['/subscriptions/x/workspaces/synapse'] }],
      reach: 'closed',
      says: 'Nobody can reach it over the network: public network access is Disabled. Resources named in networkAclBypassResourceIds get in all the same.',
    },
    {
      what: 'SecuredByPerimeter before any perimeter',
      given: [{ ...noEndpoint }],
      reach: 'closed',
      says: 'Nobody can reach it over the network: public network access is SecuredByPerimeter and there is no perimeter.',
    },
    {
      what: 'an Enforced perimeter',
      given: [{ publicNetworkAccess: 'Enabled' }, [association()]],
      reach: 'perimeterRules',
      says: 'Public access is limited to what perimeter rules admit: perimeter rule production/default/office admits 1 address range in access mode Enforced.',
    },
    {
      what: 'an Enforced perimeter that admits nobody',
      given: [{}, [association({ rules: [] })]],
      reach: 'privateOnly',
      says: 'Only private endpoints and members of its perimeter can reach it: perimeter production is Enforced and its inbound rules admit nobody; 1 approved private endpoint.',
    },
    {
      what: 'Disabled, and opened by a perimeter in Learning mode',
      given: [{ publicNetworkAccess: 'Disabled' }, [association({ accessMode: 'Learning', rules: internet })]],
      reach: 'internet',
      says: 'Anyone on the Internet can reach it: perimeter rule production/default/any covers the Internet. publicNetworkAccess Disabled does not keep the public out: a perimeter association that is not Enforced lets in whatever inbound rules admit.',
    },
    {
      what: 'Audit mode',
      given: [noEndpoint, [association({ accessMode: 'Audit', rules: [] })]],
      reach: 'closed',
      says: 'Only members of its perimeter can reach it: public network access is SecuredByPerimeter, and the inbound rules of perimeter production admit nobody. Perimeter production is in Audit mode, which blocks nothing and is judged like Learning.',
    },
    {
      what: 'two sides that say different things',
      given: [{ publicNetworkAccess: 'Enabled', ...noEndpoint }, [sides({}, { accessMode: 'Learning' })]],
      reach: 'unknown',
      says: "Who can reach it is not known. The account and its perimeter say different things. By the account's own configuration its reach is perimeterRules: perimeter rule production/default/office admits 1 address range in access mode Enforced. By the perimeter it is internet: public network access is Enabled and there is no firewall rule.",
    },
    {
      what: 'a perimeter that could not be read',
      given: [{}, [{ ...association(), perimeter: perimeterDenied }]],
      reach: 'perimeterRules',
      says: "Public access is limited to what perimeter rules admit: perimeter rule production/default/office admits 1 address range in access mode Enforced. Perimeter production itself could not be read (denied): this rests on the account's own configuration of it, access mode Enforced, which leaves out service tags.",
    },
    {
      what: 'a perimeter that is not provisioned',
      given: [{}, [association({ provisioningState: 'Failed' })]],
      reach: 'perimeterRules',
      says: 'Public access is limited to what perimeter rules admit: perimeter rule production/default/office admits 1 address range in access mode Enforced. Perimeter production has provisioning issues and may not be in force.',
    },
    {
      what: "the account's own side not read",
      given: [{ publicNetworkAccess: 'Disabled' }, ownDenied],
      reach: 'unknown',
      says: "Who can reach it is not known. The account's perimeter configurations may not be read. Outside any perimeter its reach would be privateOnly: public network access is Disabled; 1 approved private endpoint.",
    },
    {
      what: "the account's own side not read, and a perimeter lists it",
      given: [{ publicNetworkAccess: 'Enabled', ...noEndpoint }, ownDenied, [association()]],
      reach: 'unknown',
      says: "Who can reach it is not known. The account's perimeter configurations may not be read. Outside any perimeter its reach would be internet: public network access is Enabled and there is no firewall rule. By the perimeters that list it, its reach is perimeterRules: perimeter rule production/default/office admits 1 address range in access mode Enforced.",
    },
    {
      what: 'an IP rule nobody can read',
      given: [{ publicNetworkAccess: 'Enabled', ipRules: ['20.1.2', '20.1.2.3'] }],
      reach: 'unknown',
      says: 'Who can reach it is not known. IP rule "20.1.2" is not an address or CIDR range. Leaving that aside, the firewall has 1 IP rule.',
    },
    {
      what: 'many IP rules nobody can read',
      given: [{ publicNetworkAccess: 'Enabled', ...noEndpoint, ipRules: ['a', 'b', 'c', 'd'] }],
      reach: 'unknown',
      says: 'Who can reach it is not known. IP rule "a" is not an address or CIDR range. IP rule "b" is not an address or CIDR range. IP rule "c" is not an address or CIDR range. And 1 more. Leaving that aside, the firewall is on and has no rules.',
    },
    {
      what: 'three IP rules nobody can read',
      given: [{ publicNetworkAccess: 'Enabled', ...noEndpoint, ipRules: ['a', 'b', 'c'] }],
      reach: 'unknown',
      says: 'Who can reach it is not known. IP rule "a" is not an address or CIDR range. IP rule "b" is not an address or CIDR range. IP rule "c" is not an address or CIDR range. Leaving that aside, the firewall is on and has no rules.',
    },
    {
      what: 'publicNetworkAccess newer than this program',
      given: [{ publicNetworkAccess: sometimes, ...noEndpoint }],
      reach: 'unknown',
      says: 'Who can reach it is not known. publicNetworkAccess is "Sometimes", which this version does not know. Leaving that aside, the account is in no perimeter.',
    },
    {
      what: 'an access mode newer than this program',
      given: [{ publicNetworkAccess: 'Enabled', ...noEndpoint }, [association({ accessMode: strict })]],
      reach: 'unknown',
      says: 'Who can reach it is not known. Perimeter production has the access mode "Strict", which this version does not know. Leaving that aside, public network access is Enabled and there is no firewall rule.',
    },
  ];
  for (const { what, given, reach, says } of cases) {
    test(`${what}: ${reach}`, () => {
      const { exposure } = expose(...given);
      expect(exposure.reach).toBe(reach);
      expect(exposure.explanation).toBe(says);
    });
  }
});

describe('the fact', () => {
  test('is the exposure where the reach is known', () => {
    const { exposure, fact } = expose({ publicNetworkAccess: 'Disabled' });
    expect(fact).toEqual(known(exposure));
  });

  test('is unknown with reason and detail where it is not; the exposure is still shown', () => {
    const { exposure, fact } = expose({ publicNetworkAccess: 'Enabled', ipRules: ['20.1.2'] });
    expect(fact).toEqual(unknown('malformed', 'IP rule "20.1.2" is not an address or CIDR range. Leaving that aside, the firewall is on and has no rules; 1 approved private endpoint.'));
    expect(exposure).toMatchObject({ reach: 'unknown', decidedBy: 'not known', outbound: 'open' });
  });

  test('carries what it rests on, each once', () => {
    const twice = [sides({}, {}), sides({}, {})].map(each => ({ ...each, perimeter: known(side(), ['GET associations', 'GET profiles']) }));
    expect(expose({}, known(twice, ['GET configurations'])).fact.sources).toEqual(['GET configurations', 'GET associations', 'GET profiles']);
    expect(expose({}, ownDenied, twice).fact.sources).toEqual(['GET configurations', 'GET associations', 'GET profiles']);
  });
});

describe('what of an account counts', () => {
  const open = { publicNetworkAccess: 'Enabled', ...noEndpoint } as const;
  const subnet = { subnetId, ignoreMissingEndpoint: false };
  const cases: readonly (readonly [what: string, differences: Partial<Account>, reach: Exposure['reach'], by: string])[] = [
    ['a private endpoint that is not approved does not', { ...open, privateEndpointConnections: ['Pending', 'Rejected', 'Disconnected'].map(status => connection({ status })) }, 'internet', 'publicNetworkAccess Enabled, no firewall'],
    ['approved is written in any case', { ...open, privateEndpointConnections: [connection({ status: 'APPROVED' })] }, 'privateOnly', '1 approved private endpoint'],
    ['virtual network rules without the filter do not', { ...open, virtualNetworkRules: [subnet] }, 'internet', 'publicNetworkAccess Enabled, no firewall'],
    ['nor beside IP rules', { ...open, virtualNetworkRules: [subnet], ipRules: ['20.1.2.3'] }, 'selectedNetworks', '1 IP rule'],
    ['the filter without rules does', { ...open, virtualNetworkFilter: true }, 'closed', 'firewall without rules'],
    ['virtual network rules with the filter do', { ...open, virtualNetworkFilter: true, virtualNetworkRules: [subnet, subnet] }, 'selectedNetworks', '2 virtual network rules'],
    ['CORS origins do not', { ...open, ipRules: ['20.1.2.3'], corsOrigins: ['*'] }, 'selectedNetworks', '1 IP rule'],
  ];
  for (const [what, differences, reach, by] of cases) {
    test(`${what}: ${reach}`, () => {
      expect(expose(differences).exposure).toMatchObject({ reach, decidedBy: by });
    });
  }
});

describe('latent risks', () => {
  const open = { publicNetworkAccess: 'Enabled' } as const;
  const cases: readonly (readonly [what: string, given: Parameters<typeof expose>, latent: readonly LatentRisk[]])[] = [
    ['Disabled in no perimeter', [{ publicNetworkAccess: 'Disabled' }], []],
    ['Enabled, no firewall, an approved private endpoint', [open], ['lastPrivateEndpoint']],
    ['the same with two endpoints, one of them pending', [{ ...open, privateEndpointConnections: [connection(), connection({ status: 'Pending' })] }], ['lastPrivateEndpoint']],
    ['an endpoint is approved in any case', [{ ...open, privateEndpointConnections: [connection({ status: 'approved' })] }], ['lastPrivateEndpoint']],
    ['a pending endpoint closes nothing', [{ ...open, privateEndpointConnections: [connection({ status: 'Pending' })] }], []],
    ['an IP rule holds it', [{ ...open, ipRules: ['20.1.2.3'] }], []],
    ['the virtual network filter holds it', [{ ...open, virtualNetworkFilter: true }], []],
    ['virtual network rules without the filter do not', [{ ...open, virtualNetworkRules: [{ subnetId, ignoreMissingEndpoint: false }] }], ['lastPrivateEndpoint']],
    ['an Enforced perimeter holds it', [open, [association()]], []],
    ['a Learning perimeter does not', [open, [association({ accessMode: 'Learning' })]], ['lastPrivateEndpoint']],
    ['nor does a perimeter that is Enforced by one side only', [open, [sides({}, { accessMode: 'Learning' })]], ['lastPrivateEndpoint']],
    ['Disabled, opened by Learning', [{ publicNetworkAccess: 'Disabled' }, [association({ accessMode: 'Learning' })]], ['learningOpensDisabled']],
    ['Disabled, opened by Audit', [{ publicNetworkAccess: 'Disabled' }, [association({ accessMode: 'Audit' })]], ['learningOpensDisabled']],
    ['Disabled, Learning by one side only', [{ publicNetworkAccess: 'Disabled' }, [sides({}, { accessMode: 'Learning' })]], ['learningOpensDisabled']],
    ['Disabled and Enforced', [{ publicNetworkAccess: 'Disabled' }, [association()]], []],
    ['Disabled, own side unread, listed as Learning', [{ publicNetworkAccess: 'Disabled' }, ownDenied, [association({ accessMode: 'Learning' })]], ['learningOpensDisabled']],
    ['SecuredByPerimeter and Learning', [{}, [association({ accessMode: 'Learning' })]], []],
    ['bypass resources', [{ publicNetworkAccess: 'Disabled', bypassResourceIds: ['/a'] }], ['bypassResources']],
    ['several at once', [{ ...open, bypassResourceIds: ['/a'] }], ['lastPrivateEndpoint', 'bypassResources']],
  ];
  for (const [what, given, latent] of cases) {
    test(`${what}: ${latent.join(', ') || 'none'}`, () => {
      expect(expose(...given).exposure.latent).toEqual(latent);
    });
  }
});

describe('two sides of an association', () => {
  test('agree: the fact is known', () => {
    expect(expose({ publicNetworkAccess: 'Disabled' }, [association()]).exposure).toMatchObject({ reach: 'perimeterRules', outbound: 'perimeterRules', decidedBy: 'perimeter rule production/default/office' });
  });

  test('differ in rules but not in reach: known', () => {
    const both = sides({ rules: [rule({ subscriptions: [subscriptionId] })] }, { rules: [rule({ subscriptions: [otherSubscriptionId] })] });
    expect(expose({}, [both])).toMatchObject({ exposure: { reach: 'perimeterRules', outbound: 'perimeterRules' }, fact: { known: true } });
  });

  test('differ in mode but not in reach: known, only outbound is not', () => {
    expect(expose({ publicNetworkAccess: 'Disabled' }, [sides({}, { accessMode: 'Learning' })])).toMatchObject({ exposure: { reach: 'perimeterRules', outbound: 'unknown' }, fact: { known: true } });
  });

  const contradictions: readonly (readonly [what: string, given: Parameters<typeof expose>, own: string, theirs: string])[] = [
    ['mode', [{ publicNetworkAccess: 'Enabled', ...noEndpoint }, [sides({ accessMode: 'Learning' }, {})]], 'internet', 'perimeterRules'],
    ['rules', [{}, [sides({ rules: internet }, {})]], 'internet', 'perimeterRules'],
    ['rules, the other way around', [{}, [sides({}, { rules: internet })]], 'perimeterRules', 'internet'],
    ['whether it exists: only the perimeter holds it', [{ publicNetworkAccess: 'Disabled' }, [sides(null, {})]], 'privateOnly', 'perimeterRules'],
    ['whether it exists: only the account holds it', [{ publicNetworkAccess: 'Enabled', ...noEndpoint }, [sides({}, null)]], 'perimeterRules', 'internet'],
    ['one of two perimeters', [{}, [association(), sides({}, { rules: internet })]], 'perimeterRules', 'internet'],
  ];
  for (const [what, given, own, theirs] of contradictions) {
    test(`differ in ${what}, and in reach: contradictory, and both are told`, () => {
      const { exposure, fact } = expose(...given);
      expect(exposure.reach).toBe('unknown');
      expect(fact).toMatchObject({ known: false, reason: 'contradictory', detail: expect.stringContaining(`own configuration its reach is ${own}: `) });
      expect(fact).toMatchObject({ detail: expect.stringContaining(`By the perimeter it is ${theirs}: `) });
      expect(exposure.explanation).toContain('The account and its perimeter say different things.');
    });
  }

  test('service tags are taken from the perimeter: the account\'s API leaves them out', () => {
    const tagged = sides({ rules: [rule({ name: 'TAG' })] }, { rules: [rule({ name: 'Tag', serviceTags: ['AzureCloud'] })] });
    expect(expose({}, [tagged])).toMatchObject({ exposure: { reach: 'allAzure' }, fact: { known: true } });
  });

  test('and only for a rule the account shows as empty: a rule has sources of one kind', () => {
    const changed = sides({ rules: [rule({ addressPrefixes: ['20.1.2.3'] })] }, { rules: [rule({ serviceTags: ['Internet'] })] });
    expect(expose({}, [changed]).fact).toMatchObject({ known: false, reason: 'contradictory' });
  });

  test('a rule that only the perimeter has is not', () => {
    expect(expose({}, [sides({}, { rules: [rule({ name: 'tag', serviceTags: ['Internet'] })] })]).fact).toMatchObject({ known: false, reason: 'contradictory' });
  });
});

describe('a side that was not read', () => {
  test('the perimeter\'s: the account\'s own is used, and that is said', () => {
    for (const accessMode of ['Learning', 'Enforced'] as const satisfies AccessMode[]) {
      const { exposure, fact } = expose({ publicNetworkAccess: 'Disabled' }, [{ ...association({ accessMode }), perimeter: perimeterDenied }]);
      expect(exposure).toMatchObject({ reach: 'perimeterRules', explanation: expect.stringContaining('Perimeter production itself could not be read (denied)') });
      expect(exposure.explanation).toContain(`access mode ${accessMode}`);
      expect(fact.known).toBe(true);
    }
  });

  test('the perimeter\'s, and a rule the account shows as empty: it may be a service tag', () => {
    const { exposure, fact } = expose({}, [{ ...association({ rules: [rule({ name: 'tag' })] }), perimeter: perimeterDenied }]);
    expect(exposure.reach).toBe('unknown');
    expect(fact).toMatchObject({ reason: 'malformed', detail: expect.stringContaining('names nobody in the account\'s configuration, which leaves out service tags') });
  });

  test('nor can a service tag be ruled out where the perimeter does not list the account', () => {
    expect(expose(noEndpoint, [sides({ rules: [rule()] }, null)]).exposure.reach).toBe('unknown');
  });

  test('the perimeter\'s rules, and the account does not know of it: its rules may open or close', () => {
    for (const publicNetworkAccess of ['Enabled', 'Disabled', 'SecuredByPerimeter'] as const) {
      const { exposure, fact } = expose({ publicNetworkAccess, ...noEndpoint, trustedServicesBypass: true }, [{ ...association(), account: known(null), perimeter: perimeterDenied }]);
      expect(exposure).toMatchObject({ reach: 'unknown', outbound: 'unknown', trustedServices: 'unknown' });
      expect(fact).toMatchObject({ known: false, reason: 'denied', permission: 'Microsoft.Network/networkSecurityPerimeters/read' });
      expect(exposure.explanation).toContain('Perimeter production lists the account, which has no configuration of it. Perimeter production may not be read. Without that perimeter its reach would be');
    }
  });

  test('one side of one association: the other speaks for it', () => {
    expect(expose({ publicNetworkAccess: 'Disabled' }, [{ ...association({ rules: internet }), account: ownDenied }]).exposure.reach).toBe('internet');
  });

  test('the account\'s own: unknown with reason and permission, whatever it would be outside a perimeter', () => {
    for (const publicNetworkAccess of ['Enabled', 'Disabled', 'SecuredByPerimeter', sometimes] as const) {
      const { exposure, fact } = expose({ publicNetworkAccess, ...noEndpoint, trustedServicesBypass: true }, ownDenied);
      expect(exposure).toMatchObject({ reach: 'unknown', outbound: 'unknown', trustedServices: 'unknown' });
      expect(fact).toMatchObject({ known: false, reason: 'denied', permission: action, detail: expect.stringContaining(ownDenied.detail) });
    }
  });

  test('the account\'s own: every reason is kept', () => {
    for (const reason of ['throttled', 'unreachable', 'failed'] satisfies Reason[]) {
      expect(expose({}, unknown(reason, 'No.')).fact).toMatchObject({ known: false, reason });
    }
  });

  test('the account\'s own, and an account that cannot be judged outside a perimeter either: the doubt is told', () => {
    const { exposure } = expose({ publicNetworkAccess: 'Enabled', ipRules: ['20.1.2'] }, ownDenied);
    expect(exposure.explanation).toContain('IP rule "20.1.2" is not an address or CIDR range.');
    expect(exposure.explanation).not.toContain('Outside any perimeter');
  });

  test('the account\'s own, and a perimeter rule admits the Internet: internet, in every mode and for every account', () => {
    for (const accessMode of ['Learning', 'Enforced', 'Audit', strict] as const) {
      for (const publicNetworkAccess of ['Enabled', 'Disabled', 'SecuredByPerimeter', sometimes] as const) {
        const { exposure, fact } = expose({ publicNetworkAccess }, ownDenied, [association({ accessMode, rules: internet })]);
        expect(exposure).toMatchObject({ reach: 'internet', decidedBy: 'perimeter rule production/default/any', outbound: 'unknown' });
        expect(fact.known).toBe(true);
      }
    }
  });

  test('the account\'s own, and perimeter rules admit less: unknown', () => {
    for (const rules of [[], side().rules, [rule({ serviceTags: ['AzureCloud'] })], [rule({ addressPrefixes: ['any'] })]]) {
      expect(expose({ publicNetworkAccess: 'Disabled' }, ownDenied, [association({ rules })]).exposure.reach).toBe('unknown');
    }
  });

  test('both: the perimeter that lists the account is named', () => {
    const { exposure } = expose({}, ownDenied, [{ ...association(), account: unknown('missing', 'Not read.'), perimeter: perimeterDenied }]);
    expect(exposure).toMatchObject({ reach: 'unknown', explanation: expect.stringContaining('Perimeter production lists the account, but its rules could not be read (denied).') });
    expect(exposure.explanation).not.toContain('itself could not be read');
  });
});

describe('values that cannot be read', () => {
  const bad = ['20.1.2'];

  const relevant: readonly (readonly [what: string, given: Parameters<typeof expose>])[] = [
    ['an IP rule, where the firewall decides', [{ publicNetworkAccess: 'Enabled', ipRules: bad }]],
    ['an IP rule, beside a narrow perimeter in Learning mode', [{ publicNetworkAccess: 'Enabled', ipRules: bad }, [association({ accessMode: 'Learning' })]]],
    ['publicNetworkAccess, in no perimeter', [{ publicNetworkAccess: sometimes }]],
    ['publicNetworkAccess, in Learning mode', [{ publicNetworkAccess: sometimes }, [association({ accessMode: 'Learning' })]]],
    ['an address of a perimeter rule', [{}, [association({ rules: [rule({ addressPrefixes: bad })] })]]],
    ['an address of a perimeter rule, by one side only', [{}, [sides({}, { rules: [rule({ addressPrefixes: bad })] })]]],
    ['the access mode', [{ publicNetworkAccess: 'Disabled' }, [association({ accessMode: strict })]]],
    ['the access mode, where the account alone would be open', [{ publicNetworkAccess: 'Enabled', ...noEndpoint }, [association({ accessMode: strict })]]],
    ['the access mode, by one side only', [{ publicNetworkAccess: 'Disabled' }, [sides({}, { accessMode: strict })]]],
  ];
  for (const [what, given] of relevant) {
    test(`${what}: unknown, malformed`, () => {
      const { exposure, fact } = expose(...given);
      expect(exposure.reach).toBe('unknown');
      expect(fact).toMatchObject({ known: false, reason: 'malformed' });
    });
  }

  const irrelevant: readonly (readonly [what: string, given: Parameters<typeof expose>, reach: Exposure['reach']])[] = [
    ['an IP rule, beside one that covers the Internet', [{ publicNetworkAccess: 'Enabled', ipRules: [...bad, '0.0.0.0/0'] }], 'internet'],
    ['an IP rule of a Disabled account', [{ publicNetworkAccess: 'Disabled', ipRules: bad }], 'privateOnly'],
    ['an IP rule in an Enforced perimeter', [{ publicNetworkAccess: 'Enabled', ipRules: bad }, [association()]], 'perimeterRules'],
    ['publicNetworkAccess in an Enforced perimeter', [{ publicNetworkAccess: sometimes }, [association()]], 'perimeterRules'],
    ['publicNetworkAccess, where a perimeter rule admits the Internet', [{ publicNetworkAccess: sometimes }, [association({ accessMode: 'Learning', rules: internet })]], 'internet'],
    ['an address of a perimeter rule, beside one that covers the Internet', [{}, [association({ rules: [rule({ addressPrefixes: bad }), ...internet] })]], 'internet'],
    ['the access mode, where a perimeter rule admits the Internet', [{}, [association({ accessMode: strict, rules: internet })]], 'internet'],
  ];
  for (const [what, given, reach] of irrelevant) {
    test(`${what}: does not matter, ${reach}`, () => {
      expect(expose(...given)).toMatchObject({ exposure: { reach }, fact: { known: true } });
    });
  }
});

describe('notes', () => {
  const audit = 'Perimeter production is in Audit mode, which blocks nothing and is judged like Learning.';
  const issues = 'Perimeter production has provisioning issues and may not be in force.';
  const cases: readonly (readonly [what: string, association: Association, notes: readonly string[]])[] = [
    ['nothing to say', association(), []],
    ['Audit', association({ accessMode: 'Audit' }), [audit]],
    ['Audit by one side', sides({ accessMode: 'Audit' }, { accessMode: 'Learning' }), [audit]],
    ['issues on the account\'s side', sides({ issues: ['no identity'] }, {}), [issues]],
    ['issues on the perimeter\'s side', sides({}, { issues: ['the perimeter reports provisioning issues'] }), [issues]],
    ['not provisioned', sides({ provisioningState: 'Updating' }, {}), [issues]],
    ['both, on both sides', association({ accessMode: 'Audit', provisioningState: 'Failed', issues: ['no identity'] }), [audit, issues]],
  ];
  for (const [what, each, notes] of cases) {
    test(`${what}: ${notes.length}`, () => {
      const { explanation } = expose({}, [each]).exposure;
      expect([audit, issues].filter(note => explanation.includes(note))).toEqual(notes);
    });
  }
});

describe('trusted services', () => {
  const contradictory = 'Whether trusted Azure services get in under a perimeter is documented both ways, so it is not known.';
  const bypass = { trustedServicesBypass: true };
  const cases: readonly (readonly [what: string, given: Parameters<typeof expose>, trusted: Exposure['trustedServices'], noted: boolean])[] = [
    ['no bypass', [{ publicNetworkAccess: 'Enabled' }, [association()]], 'off', false],
    ['Enabled in no perimeter', [{ ...bypass, publicNetworkAccess: 'Enabled' }], 'on', false],
    ['Disabled in no perimeter', [{ ...bypass, publicNetworkAccess: 'Disabled' }], 'on', false],
    ['SecuredByPerimeter in no perimeter, which denies them', [bypass], 'off', false],
    ['Enabled and Learning, which leaves them alone', [{ ...bypass, publicNetworkAccess: 'Enabled' }, [association({ accessMode: 'Learning' })]], 'on', false],
    ['Disabled and Audit', [{ ...bypass, publicNetworkAccess: 'Disabled' }, [association({ accessMode: 'Audit' })]], 'on', false],
    ['SecuredByPerimeter and Learning', [bypass, [association({ accessMode: 'Learning' })]], 'unknown', true],
    ['Enforced', [{ ...bypass, publicNetworkAccess: 'Enabled' }, [association()]], 'unknown', true],
    ['an unrecognised mode', [{ ...bypass, publicNetworkAccess: 'Enabled' }, [association({ accessMode: strict })]], 'unknown', true],
    ['an unrecognised publicNetworkAccess', [{ ...bypass, publicNetworkAccess: sometimes }], 'unknown', false],
    ['two sides that differ', [{ ...bypass, publicNetworkAccess: 'Disabled' }, [sides({}, { accessMode: 'Learning' })]], 'unknown', true],
    ['own side not read', [{ ...bypass, publicNetworkAccess: 'Disabled' }, ownDenied], 'unknown', false],
  ];
  for (const [what, given, trusted, noted] of cases) {
    test(`${what}: ${trusted}`, () => {
      const { exposure } = expose(...given);
      expect(exposure.trustedServices).toBe(trusted);
      expect(exposure.explanation.includes(contradictory)).toBe(noted);
    });
  }
});
