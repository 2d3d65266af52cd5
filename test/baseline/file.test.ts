import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { effectiveBaseline, profileBaseline } from '../../src/baseline/effective.ts';
import { differingFile, wholeFile, yamlOf } from '../../src/baseline/file.ts';
import { parseBaseline } from '../../src/baseline/parse.ts';
import { baselineOf, catalogue } from '../support/baselines.ts';
import { anyFile } from './arbitraries.ts';

const differing = (text: string): string => yamlOf(differingFile(baselineOf(text), catalogue));

describe('what differs from the profile', () => {
  test.each([
    ['nothing', 'name: x', 'name: x\nprofile: standard\n'],
    ['nothing, where the file repeats the profile', 'name: x\nprofile: perimeter\ncontrols: { perimeter-associated: { enabled: true, severity: high } }', 'name: x\nprofile: perimeter\n'],
    ["a severity that is the control's own, and not the profile's", 'name: x\nprofile: perimeter\ncontrols: { perimeter-associated: { severity: medium } }', 'name: x\nprofile: perimeter\ncontrols:\n  perimeter-associated:\n    severity: medium\n'],
    ['one parameter of several', 'name: x\ncontrols: { windows-few: { enabled: true, parameters: { most: 3, least: 1 } } }', 'name: x\nprofile: standard\ncontrols:\n  windows-few:\n    parameters:\n      most: 3\n'],
    ['a switch', 'name: x\ncontrols: { moat-filled: { enabled: true }, door-locked: { enabled: true } }', 'name: x\nprofile: standard\ncontrols:\n  moat-filled:\n    enabled: true\n'],
    ['what the organisation says', 'name: x\nallowedRegions: [West Europe]', 'name: x\nprofile: standard\nallowedRegions:\n  - westeurope\n'],
  ])('is %s', (_, text, expected) => {
    expect(differing(text)).toBe(expected);
  });

  test('is enough to get the same baseline again, for any file', () => {
    fc.assert(
      fc.property(anyFile, file => {
        const baseline = effectiveBaseline(file, catalogue);
        expect(baselineOf(yamlOf(differingFile(baseline, catalogue))).label).toBe(baseline.label);
      }),
    );
  });
});

describe('the whole file', () => {
  test('names every control with every parameter', () => {
    const { controls } = wholeFile(profileBaseline('strict', catalogue));
    expect(Object.keys(controls)).toEqual(catalogue.map(({ id }) => id));
    expect(controls['windows-few']).toEqual({ enabled: true, severity: 'medium', parameters: { most: 8, least: 1, names: ['a'], kind: 'wood' } });
  });

  test('is valid, and reads as the same baseline, for any file', () => {
    fc.assert(
      fc.property(anyFile, file => {
        const baseline = effectiveBaseline(file, catalogue);
        const text = yamlOf(wholeFile(baseline));
        expect(parseBaseline(text, catalogue).problems).toBeUndefined();
        expect(baselineOf(text)).toMatchObject({ label: baseline.label, exemptions: baseline.exemptions, attestations: baseline.attestations });
      }),
    );
  });

  test('keeps days, numbers and colons as text', () => {
    const text = yamlOf(wholeFile(baselineOf('name: "7: on"\nrequiredTags: ["true", "2026-01-01", "#x"]')));
    expect(baselineOf(text)).toMatchObject({ name: '7: on', organisation: { requiredTags: ['#x', '2026-01-01', 'true'] } });
  });
});
