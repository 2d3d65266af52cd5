import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exposurePath } from '../../src/cli/exposure-path.ts';
import { renderExposure } from '../../src/cli/exposure-text.ts';
import type { Seen } from '../../src/cli/look.ts';
import type { Assessment } from '../../src/core/assessment.ts';
import type { Exposure, ExposurePerimeter } from '../../src/core/exposure.ts';
import type { Observed } from '../../src/core/finding.ts';
import { accountId, exposure, perimeterId, subscriptionId } from '../support/builders.ts';
import { findingOf, hostileText, unsafeIn } from '../support/report-inputs.ts';
import { assessment } from '../support/results.ts';
import { scanSandbox } from '../support/scan-sandbox.ts';

interface Settings {
  readonly access?: string;
  readonly ipRules?: number;
  readonly azure?: boolean;
  readonly networks?: number;
  readonly filter?: boolean;
  readonly approved?: number;
  readonly connections?: number;
  readonly bypass?: number;
}

/** An account of these settings, as controls observe them. */
function account({ access = 'Enabled', ipRules = 0, azure = false, networks = 0, filter = networks > 0, approved = 0, connections = approved, bypass = 0 }: Settings, differences: Partial<Exposure>): Assessment {
  const observed: Readonly<Record<string, Observed>> = {
    'public-access-secured-by-perimeter': { publicNetworkAccess: access, perimeters: [] },
    'firewall-no-internet-range': { ipRules, shareOfInternet: 0, widest: [] },
    'firewall-no-azure-datacenters': { ranges: ipRules, azureDatacenters: azure },
    'virtual-network-rules-effective': { virtualNetworkRules: networks, virtualNetworkFilter: filter },
    'private-endpoint-approved': { connections, byStatus: { ...(approved > 0 && { Approved: approved }), ...(connections > approved && { Pending: connections - approved }) } },
    'trusted-services-bypass-off': { trustedServicesBypass: false, bypassResourceIds: bypass },
  };
  return assessment({ exposure: exposure({ outbound: 'open', ...differences }), findings: Object.entries(observed).map(([id, values]) => findingOf(accountId, id, { status: 'pass', observed: values })) });
}

const within = (accessMode: ExposurePerimeter['accessMode']): readonly ExposurePerimeter[] => [{ id: perimeterId, accessMode }];
const rule = 'perimeter rule production/default/office';

describe('the way through the table of effective exposure', () => {
  test.each<[string, Assessment, string, readonly string[]]>([
    ['Enabled, no perimeter, no firewall', account({}, { reach: 'internet', decidedBy: 'publicNetworkAccess Enabled, no firewall' }), 'Public network access', ["The account's firewall decides.", 'Nothing restricts who gets in.']],
    ['Enabled, no perimeter, IP rules', account({ ipRules: 2 }, { reach: 'selectedNetworks', decidedBy: '2 IP rules' }), 'Firewall', ['Only what its rules admit gets in.']],
    ['Enabled, all of Azure', account({ azure: true }, { reach: 'allAzure', decidedBy: 'IP rule 0.0.0.0' }), 'Firewall', ['no IP rules, 0.0.0.0 (all of Azure), no virtual network rules']],
    ['Enabled, virtual network rules', account({ networks: 1 }, { reach: 'selectedNetworks', decidedBy: '1 virtual network rule' }), 'Firewall', ['no IP rules, 1 virtual network rule']],
    ['Enabled, virtual network rules without the filter', account({ networks: 2, filter: false, ipRules: 1 }, { reach: 'selectedNetworks', decidedBy: '1 IP rule' }), 'Firewall', ['2 virtual network rules without effect, the filter is off']],
    ['Enabled, a firewall without rules', account({ filter: true }, { reach: 'closed', decidedBy: 'firewall without rules' }), 'Firewall', ['Only what its rules admit gets in.']],
    ['Enabled, held closed by the last private endpoint', account({ approved: 1 }, { reach: 'privateOnly', decidedBy: '1 approved private endpoint', latent: ['lastPrivateEndpoint'] }), 'Private endpoints', ['Approved private endpoints keep the public out for now. It opens to the whole Internet when the last one goes.', '1 approved of 1', 'Their traffic passes all of the above.']],
    ['Disabled, no perimeter', account({ access: 'Disabled', connections: 1 }, { reach: 'closed', decidedBy: 'publicNetworkAccess Disabled' }), 'Public network access', ['Nobody gets in from public networks.', 'Not asked.', '0 approved of 1']],
    ['SecuredByPerimeter, no perimeter', account({ access: 'SecuredByPerimeter' }, { reach: 'closed', outbound: 'denied', decidedBy: 'publicNetworkAccess SecuredByPerimeter' }), 'Public network access', ['Locked down: there is no perimeter, so nobody gets in from public networks.', 'The account reaches nothing.']],
    ['Enabled, Learning', account({ ipRules: 1 }, { reach: 'selectedNetworks', decidedBy: '1 IP rule', perimeters: within('Learning') }), 'Firewall', ['production, Learning (portal: Transition)', "It blocks nothing, and its inbound rules let in what they admit, beside the account's own."]],
    ['Disabled, Learning', account({ access: 'Disabled' }, { reach: 'perimeterRules', decidedBy: rule, perimeters: within('Learning'), latent: ['learningOpensDisabled'] }), 'Network security perimeter', ["Disabled does not keep the public out here: the perimeter's inbound rules let in what they admit."]],
    ['SecuredByPerimeter, Learning', account({ access: 'SecuredByPerimeter' }, { reach: 'perimeterRules', decidedBy: rule, perimeters: within('Learning') }), 'Network security perimeter', ['Only perimeter rules let anybody in.']],
    ['SecuredByPerimeter, Audit', account({ access: 'SecuredByPerimeter' }, { reach: 'perimeterRules', decidedBy: rule, perimeters: within('Audit') }), 'Network security perimeter', ['Audit is judged like Learning.']],
    ['anything, Enforced', account({ ipRules: 3 }, { reach: 'closed', decidedBy: 'perimeter production (Enforced)', perimeters: within('Enforced') }), 'Network security perimeter', ['Only what perimeter rules admit gets in: public network access and the firewall are not asked.', 'Not asked: a perimeter is Enforced.', 'Not asked.']],
    ['resources that bypass everything', account({ access: 'Disabled', bypass: 2 }, { reach: 'closed', decidedBy: 'publicNetworkAccess Disabled', latent: ['bypassResources'] }), 'Public network access', ['trusted Azure services off, 2 resources by id', 'They get in whatever the rules say.']],
  ])('%s', (_, given, decides, says) => {
    const steps = exposurePath(given);
    expect(steps.filter(step => step.decides).map(({ title }) => title)).toEqual([decides]);
    const all = steps.flatMap(({ value, meaning }) => [value, meaning]);
    expect(says.filter(each => !all.some(text => text.includes(each)))).toEqual([]);
  });

  test('virtual network rules whose control does not know are those that the deciding rule names', () => {
    const given = account({ ipRules: 1 }, { reach: 'selectedNetworks', decidedBy: '1 IP rule and 2 virtual network rules' });
    const without = { ...given, findings: given.findings.filter(({ controlId }) => controlId !== 'virtual-network-rules-effective') };
    expect(exposurePath(without).find(({ title }) => title === 'Firewall')).toMatchObject({ value: '1 IP rule, 2 virtual network rules', decides: true });
  });

  test.each<[string, ExposurePerimeter['accessMode'], string]>([
    ['that is not known', null, 'production, access mode not known'],
    ['that is newer than this version', { unrecognised: 'Strict' }, 'production, access mode "Strict", which this version does not know'],
  ])('an access mode %s is said to be', (_, mode, value) => {
    const [first] = exposurePath(account({}, { reach: 'unknown', decidedBy: 'not known', perimeters: within(mode) }));
    expect(first).toMatchObject({ value, meaning: 'Its inbound rules let in what they admit; whether it blocks anything is not known.', decides: false });
  });

  test('what no control observed is not known, and nothing is made up', () => {
    const bare = assessment({ exposure: exposure({ reach: 'unknown', decidedBy: 'not known', outbound: 'unknown', trustedServices: 'unknown' }), findings: [] });
    const steps = exposurePath(bare);
    expect(steps.map(({ value }) => value)).toEqual(['none that is known', 'not known', 'IP rules not known, virtual network rules not known', 'not known', 'trusted Azure services not known, resources by id not known', 'not known']);
    expect(steps.filter(({ decides }) => decides)).toEqual([]);
  });

  test('of an account of which nothing is known has no steps', () => {
    expect(exposurePath(assessment({ exposure: null }))).toEqual([]);
  });
});

const seen: Seen = { assessments: [], names: new Map([[subscriptionId, 'production']]), missing: [], at: new Date('2026-11-20T06:00:00Z') };
const look = { width: 90, color: false };

describe('the tree', () => {
  test('shows what is set, what it means, and what decides', () => {
    const given = account({ access: 'Disabled', approved: 1 }, { reach: 'perimeterRules', decidedBy: rule, perimeters: within('Learning'), latent: ['learningOpensDisabled'], explanation: 'Public access is limited to what perimeter rules admit.' });
    expect(renderExposure(exposurePath(given), given, seen, look)).toBe(`orders (production, westeurope), seen 2026-11-20 06:00 UTC
├─ Network security perimeter: production, Learning (portal: Transition)
│    It blocks nothing, and its inbound rules let in what they admit, beside the account's
│    own.
│  ► decides: perimeter rule production/default/office
├─ Public network access: Disabled
│    Disabled does not keep the public out here: the perimeter's inbound rules let in what
│    they admit.
├─ Firewall: none
│    Not asked.
├─ Private endpoints: 1 approved of 1
│    Their traffic passes all of the above.
├─ Exceptions: trusted Azure services off, no resources by id
├─ Outbound: open
│    The account reaches anything.
└─ Reach: perimeterRules
     Public access is limited to what perimeter rules admit.
`);
  });

  test('says of an account of which nothing is known why', () => {
    const unknown = assessment({ exposure: null, findings: [findingOf(accountId, 'x', { status: 'unknown', message: 'Not known: Azure answered 403.' })] });
    expect(renderExposure([], unknown, seen, look)).toContain('\nNothing is known of it. Not known: Azure answered 403.\n');
  });

  test('shows hostile names as text, at any width', () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 40, max: 200 }), (text, width) => {
        const given = { ...account({ access: text }, { reach: 'internet', decidedBy: `perimeter rule ${text}/x`, perimeters: [{ id: `/subscriptions/s/${text}`, accessMode: { unrecognised: text } }], explanation: text }), name: text, location: text };
        const shown = renderExposure(exposurePath(given), given, { ...seen, names: new Map([[subscriptionId, text]]) }, { width, color: false });
        expect(unsafeIn(shown)).toEqual([]);
        expect(shown.split('\n').filter(line => line.length > width)).toEqual([]);
      }),
    );
  });
});

/** The control that a step takes its value from. */
const sources: Readonly<Record<string, readonly string[]>> = {
  'Public network access': ['public-access-secured-by-perimeter'],
  Firewall: ['firewall-no-internet-range', 'firewall-no-azure-datacenters', 'virtual-network-rules-effective'],
  'Private endpoints': ['private-endpoint-approved'],
};

test('every account of the sandbox whose reach is known has the step that decides it, and every setting that its controls know', async () => {
  const { assessments } = await scanSandbox();
  const accounts = assessments.flatMap(each => (each.exposure ? [{ ...each, exposure: each.exposure }] : []));
  expect(accounts.length).toBeGreaterThan(80);
  for (const each of accounts) {
    const { name, exposure: { reach, decidedBy }, findings } = each;
    const steps = exposurePath(each);
    expect([name, decidedBy, steps.some(({ decides }) => decides)]).toEqual([name, decidedBy, reach !== 'unknown']);
    const known = steps.filter(({ title }) => (sources[title] ?? []).every(id => findings.some(({ controlId, status }) => controlId === id && status !== 'unknown')) && sources[title]);
    expect(known.filter(({ value }) => value.includes('not known')), name).toEqual([]);
  }
});
