import { describe, expect, test } from 'vitest';
import { zoneRegions, zoneRegionsAsOf } from '../../src/controls/data/zone-regions.ts';
import { regionKey } from '../../src/controls/regions.ts';
import { zoneRedundant } from '../../src/controls/zone-redundant.ts';
import { account, region } from '../support/builders.ts';
import { specify } from '../support/specify.ts';
import { stops } from '../support/stops.ts';

const having = (...regions: [name: string, zoneRedundant: boolean | null][]) => ({ account: account({ regions: regions.map(([name, redundant]) => region({ name, zoneRedundant: redundant })) }) });

specify(zoneRedundant, {
  passes: [
    {
      when: 'it is in every region',
      given: having(['West Europe', true], ['North Europe', true]),
      observing: { judged: ['West Europe', 'North Europe'], without: [], notJudged: [], regionsWithZonesAsOf: '2025-04-15' },
    },
    { when: 'the other region has no zones', given: having(['West Europe', true], ['West US', false]), observing: { judged: ['West Europe'], notJudged: ['West US'] } },
    { when: 'a region is on no list and the account is zone redundant there', given: having(['Atlantis Central', true]), observing: { judged: ['Atlantis Central'] } },
    { when: 'Azure does not say it of a region without zones', given: having(['West Europe', true], ['West US', null]) },
  ],
  fails: [
    { when: 'it is not in a region with zones', given: having(['West Europe', false]), says: 'Not zone redundant in West Europe, which has availability zones (list of 2025-04-15).', observing: { without: ['West Europe'] } },
    { when: 'it is not in two', given: having(['westeurope', false], ['Brazil South', false], ['East US 2', true]), says: 'Not zone redundant in westeurope, Brazil South, which have availability zones' },
    { when: 'it is not in one and Azure does not say it of another', given: having(['West Europe', null], ['North Europe', false]), says: 'North Europe' },
  ],
  doesNotApply: [
    { when: 'no region has zones', given: having(['West US', false], ['UK West', null]), because: 'No region of the account has availability zones, by the list of 2025-04-15: West US, UK West.', observing: { judged: [], notJudged: ['West US', 'UK West'] } },
  ],
});

stops(zoneRedundant, [
  { when: 'Azure leaves the regions out', given: having(), says: 'left the regions of account orders out' },
  { when: 'Azure does not say it of a region with zones', given: having(['West Europe', null], ['North Europe', true]), says: 'does not say whether the account is zone redundant in West Europe' },
]);

describe('the list of regions with zones', () => {
  test('is sorted, normalised and dated', () => {
    expect(zoneRegions).toEqual([...new Set(zoneRegions.map(regionKey))].toSorted());
    expect(zoneRegionsAsOf).toMatch(/^20\d\d-\d\d-\d\d$/);
  });
});
