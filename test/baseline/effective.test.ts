import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { effectiveBaseline, emptyFile, profileBaseline } from '../../src/baseline/effective.ts';
import { wholeFile } from '../../src/baseline/file.ts';
import { profileNames, type ProfileName } from '../../src/baseline/profiles.ts';
import type { BaselineFile } from '../../src/baseline/schema.ts';
import { allControls } from '../../src/controls/index.ts';
import { baselineOf, catalogue } from '../support/baselines.ts';
import { anyFile } from './arbitraries.ts';

const settingsOf = (text: string, id: string) => baselineOf(text).controls.get(id);
const defaults = { most: 8, least: 1, names: ['a'], kind: 'wood' };

describe('what holds for a control', () => {
  test.each([
    ['is what it says of itself', 'name: x', 'door-locked', { enabled: true, severity: 'high', parameters: {} }],
    ['has every parameter spelt out', 'name: x', 'windows-few', { enabled: true, severity: 'medium', parameters: defaults }],
    ['is off, where few want it', 'name: x', 'moat-filled', { enabled: false, severity: 'low', parameters: {} }],
    ['is on in the strict profile, even where few want it', 'name: x\nprofile: strict', 'moat-filled', { enabled: true, severity: 'low', parameters: {} }],
    ['is what the profile says', 'name: x\nprofile: perimeter', 'perimeter-associated', { enabled: true, severity: 'high', parameters: {} }],
    ['is what the file says, before the profile', 'name: x\nprofile: perimeter\ncontrols: { perimeter-associated: { severity: low } }', 'perimeter-associated', { enabled: true, severity: 'low', parameters: {} }],
    ['is off where the file says so, even in the strict profile', 'name: x\nprofile: strict\ncontrols: { moat-filled: { enabled: false } }', 'moat-filled', { enabled: false, severity: 'low', parameters: {} }],
    ['is on where the file says so', 'name: x\ncontrols: { moat-filled: { enabled: true } }', 'moat-filled', { enabled: true, severity: 'low', parameters: {} }],
    ['keeps the severity of the profile where the file speaks of something else', 'name: x\nprofile: perimeter\ncontrols: { perimeter-associated: { enabled: false } }', 'perimeter-associated', { enabled: false, severity: 'high', parameters: {} }],
    ['takes each parameter on its own', 'name: x\ncontrols: { windows-few: { parameters: { most: 3 } } }', 'windows-few', { enabled: true, severity: 'medium', parameters: { ...defaults, most: 3 } }],
    ['takes a list as a whole', 'name: x\ncontrols: { windows-few: { parameters: { names: [b] } } }', 'windows-few', { enabled: true, severity: 'medium', parameters: { ...defaults, names: ['b'] } }],
  ])('%s', (_, text, id, expected) => {
    expect(settingsOf(text, id)).toEqual(expected);
    const baseline = baselineOf(text);
    const control = catalogue.find(each => each.id === id);
    expect(control && baseline.settings(control)).toEqual(expected);
  });

  test('is what it says of itself where it is not in the catalogue', () => {
    const [door, , moat] = catalogue;
    const { settings } = profileBaseline('standard', []);
    expect(door && settings(door)).toEqual({ enabled: true, severity: 'high', parameters: {} });
    expect(moat && settings(moat)).toEqual({ enabled: false, severity: 'low', parameters: {} });
  });
});

describe('a parameter that the profile changes', () => {
  const named = allControls.filter(({ id }) => id === 'firewall-ranges-narrow');
  const parameters = (profile: ProfileName, given: Readonly<Record<string, unknown>>): unknown =>
    effectiveBaseline({ ...emptyFile('x', profile), controls: { 'firewall-ranges-narrow': { parameters: given } } }, named).controls.get('firewall-ranges-narrow')?.parameters;

  test.each([
    ['standard', {}, { addressesPerRange: 256, addressesInTotal: 2048 }],
    ['strict', {}, { addressesPerRange: 16, addressesInTotal: 256 }],
    ['strict', { addressesPerRange: 32 }, { addressesPerRange: 32, addressesInTotal: 256 }],
  ] as const)('is in profile %s with %o: %o', (profile, given, expected) => {
    expect(parameters(profile, given)).toEqual(expected);
  });
});

describe('what the organisation says', () => {
  test('reaches controls in one spelling, each once, in order', () => {
    const { organisation } = baselineOf(`
name: x
trustedSubscriptions: [BBBBBBBB-1111-1111-1111-111111111111, aaaaaaaa-1111-1111-1111-111111111111, bbbbbbbb-1111-1111-1111-111111111111]
approvedRanges: [203.0.113.0/24, " 10.0.0.0/8", 203.0.113.0/24]
approvedOutboundDomains: [Contoso.com]
allowedWorkspaces: [/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/Logs/providers/Microsoft.OperationalInsights/workspaces/Security]
allowedRegions: [West Europe, westeurope, northeurope]
requiredTags: [owner, Classification]
dataPlaneOwners: [CCCCCCCC-2222-2222-2222-222222222222]
`);
    expect(organisation).toEqual({
      trustedSubscriptions: new Set(['aaaaaaaa-1111-1111-1111-111111111111', 'bbbbbbbb-1111-1111-1111-111111111111']),
      approvedRanges: ['10.0.0.0/8', '203.0.113.0/24'],
      approvedOutboundDomains: ['contoso.com'],
      allowedWorkspaces: ['/subscriptions/11111111-1111-1111-1111-111111111111/resourcegroups/logs/providers/microsoft.operationalinsights/workspaces/security'],
      allowedRegions: ['northeurope', 'westeurope'],
      requiredTags: ['Classification', 'owner'],
      dataPlaneOwners: new Set(['cccccccc-2222-2222-2222-222222222222']),
    });
  });

  test('is nothing where it says nothing', () => {
    expect(baselineOf('name: x').organisation).toEqual({
      trustedSubscriptions: new Set(),
      approvedRanges: [],
      approvedOutboundDomains: [],
      allowedWorkspaces: [],
      allowedRegions: [],
      requiredTags: [],
      dataPlaneOwners: new Set(),
    });
  });
});

describe('the label', () => {
  const label = (text: string): string => baselineOf(text).label;
  const hash = (text: string): string => label(text).split(' ').at(-1) ?? '';

  test('is the name and eight digits of a hash', () => {
    expect(label('name: contoso prod')).toMatch(/^contoso prod [0-9a-f]{8}$/);
    expect(profileBaseline('standard', catalogue).label).toBe(`standard ${hash('name: x')}`);
  });

  test.each([
    ['an order of lists', 'name: x\nrequiredTags: [a, b]', 'name: x\nrequiredTags: [b, a]'],
    ['an order of keys', 'name: x\nprofile: standard\ncontrols: { windows-few: { parameters: { most: 2, least: 2 } } }', 'controls: { windows-few: { parameters: { least: 2, most: 2 } } }\nname: x'],
    ['a value that is the default anyway', 'name: x', 'name: x\ncontrols: { door-locked: { enabled: true, severity: high }, windows-few: { parameters: { most: 8 } } }'],
    ['a name', 'name: x', 'name: y'],
    ['YAML or JSON', 'name: x\nrequiredTags: [a]', '{"name": "x", "requiredTags": ["a"]}'],
  ])('has the same hash whatever %s', (_, one, other) => {
    expect(hash(other)).toBe(hash(one));
  });

  const exempt = (expiresOn: string): string => `name: x\nexemptions: [{ id: a, controls: [door-locked], scope: { tag: { name: t } }, category: mitigated, reason: r, owner: o, expiresOn: ${expiresOn} }]`;

  test.each([
    ['a parameter', 'name: x', 'name: x\ncontrols: { windows-few: { parameters: { most: 7 } } }'],
    ['a severity', 'name: x', 'name: x\ncontrols: { door-locked: { severity: low } }'],
    ['a switch', 'name: x', 'name: x\ncontrols: { door-locked: { enabled: false } }'],
    ['a trusted subscription', 'name: x', 'name: x\ntrustedSubscriptions: [aaaaaaaa-1111-1111-1111-111111111111]'],
    ['an owner of data', 'name: x', 'name: x\ndataPlaneOwners: [aaaaaaaa-1111-1111-1111-111111111111]'],
    ['an exemption', 'name: x', exempt('2026-12-31')],
    ['the end of an exemption', exempt('2026-12-30'), exempt('2026-12-31')],
    ['an attestation', 'name: x', 'name: x\nattestations: [{ control: guard-awake, by: j, on: 2026-01-01, until: 2026-02-01, evidence: e }]'],
  ])('has another hash for %s', (_, one, other) => {
    expect(hash(other)).not.toBe(hash(one));
  });
});

describe('merging', () => {
  test('is idempotent: a file that says all of the outcome gives the outcome', () => {
    fc.assert(
      fc.property(anyFile, file => {
        const once = effectiveBaseline(file, catalogue);
        const twice = effectiveBaseline(wholeFile(once), catalogue);
        expect(twice.label).toBe(once.label);
        expect([...twice.controls]).toEqual([...once.controls]);
        expect(twice.organisation).toEqual(once.organisation);
        expect(twice.exemptions).toEqual(once.exemptions);
        expect(twice.attestations).toEqual(once.attestations);
      }),
    );
  });

  test('does not depend on the order of anything', () => {
    fc.assert(
      fc.property(anyFile, file => {
        const reversed = Object.fromEntries(Object.entries(file).map(([key, value]) => [key, Array.isArray(value) ? value.toReversed() : value])) as BaselineFile;
        expect(effectiveBaseline(reversed, catalogue).label).toBe(effectiveBaseline(file, catalogue).label);
        expect(effectiveBaseline(reversed, catalogue).exemptions).toEqual(effectiveBaseline(file, catalogue).exemptions);
      }),
    );
  });

  test('leaves a profile as it is where a file says nothing', () => {
    for (const profile of profileNames) expect([...effectiveBaseline(emptyFile('x', profile), catalogue).controls]).toEqual([...profileBaseline(profile, catalogue).controls]);
  });
});
