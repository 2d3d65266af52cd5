import * as fc from 'fast-check';
import { profileNames } from '../../src/baseline/profiles.ts';
import type { BaselineFile } from '../../src/baseline/schema.ts';

const day = fc.constantFrom('2026-01-01', '2026-11-20', '2030-12-31');
const word = fc.stringMatching(/^[a-z]{1,5}$/);
const guid = fc.uuid();

/** Files of the small catalogue that are right. */
export const anyFile: fc.Arbitrary<BaselineFile> = fc.record({
  name: word,
  profile: fc.constantFrom(...profileNames),
  controls: fc.record(
    {
      'door-locked': fc.record({ enabled: fc.boolean(), severity: fc.constantFrom('low' as const, 'critical' as const) }, { requiredKeys: [] }),
      'moat-filled': fc.record({ enabled: fc.boolean() }, { requiredKeys: [] }),
      'windows-few': fc.record({ parameters: fc.record({ most: fc.integer({ min: 10, max: 100 }), least: fc.integer({ min: 1, max: 8 }), names: fc.array(word, { minLength: 1, maxLength: 3 }) }, { requiredKeys: [] }) }, { requiredKeys: [] }),
    },
    { requiredKeys: [] },
  ),
  trustedSubscriptions: fc.array(guid, { maxLength: 3 }),
  approvedRanges: fc.array(fc.ipV4(), { maxLength: 3 }),
  approvedOutboundDomains: fc.array(word.map(name => `${name}.com`), { maxLength: 3 }),
  allowedWorkspaces: fc.constant([]),
  allowedRegions: fc.array(fc.constantFrom('West Europe', 'westeurope', 'UK South'), { maxLength: 3 }),
  requiredTags: fc.array(word, { maxLength: 3 }),
  dataPlaneOwners: fc.array(guid, { maxLength: 2 }),
  exemptions: fc.uniqueArray(
    fc.record({
      id: word,
      controls: fc.subarray(['door-locked', 'windows-few'], { minLength: 1 }),
      scope: fc.oneof(
        guid.map(id => ({ resourceId: `/subscriptions/${id}/resourceGroups/Data/` })),
        fc.record({ tag: fc.record({ name: word, value: word }, { requiredKeys: ['name'] }) }),
      ),
      category: fc.constantFrom('mitigated' as const, 'accepted-risk' as const, 'false-positive' as const),
      reason: word,
      owner: word,
      expiresOn: day,
    }),
    { selector: ({ id }) => id, maxLength: 4 },
  ),
  attestations: fc.array(fc.record({ control: fc.constant('guard-awake'), by: word, on: fc.constant('2026-01-01'), until: day, evidence: word }), { maxLength: 3 }),
});
