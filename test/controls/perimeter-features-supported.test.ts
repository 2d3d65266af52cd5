import { expect } from 'vitest';
import { perimeterFeaturesSupported } from '../../src/controls/perimeter-features-supported.ts';
import { perimeterId } from '../support/builders.ts';
import { specify } from '../support/specify.ts';

const judged = { state: 'judged', perimeters: [perimeterId], inUse: [], unread: [] } as const;

specify(perimeterFeaturesSupported, {
  passes: [{ when: 'none of the features is in use', given: { perimeterFeatures: judged }, observing: { customerManagedKey: true, perimeters: ['production'], inUse: [], restore: expect.stringContaining('has to be relaxed') as string } }],
  fails: [
    {
      when: 'one feature is in use',
      given: { perimeterFeatures: { ...judged, inUse: ['pointInTimeRestore'] } },
      says: 'does not support perimeter production and a customer-managed key together with point-in-time restore (continuous backup). To restore an account with a customer-managed key,',
    },
    {
      when: 'one is in use and others could not be read',
      given: { perimeterFeatures: { ...judged, inUse: ['analyticalStore'], unread: ['materializedViews'] } },
      says: 'together with the analytical store.',
      observing: { inUse: ['analyticalStore'], unread: ['materializedViews'] },
    },
    {
      when: 'all are in use, in several perimeters',
      given: { perimeterFeatures: { ...judged, perimeters: [perimeterId, `${perimeterId}-2`], inUse: ['analyticalStore', 'allVersionsAndDeletesChangeFeed', 'materializedViews', 'pointInTimeRestore'] } },
      says: 'perimeter production, production-2 and a customer-managed key together with the analytical store, the all-versions-and-deletes change feed, materialized views, point-in-time restore',
    },
  ],
  doesNotApply: [
    { when: 'Microsoft manages the key', given: { perimeterFeatures: { state: 'noKey' } }, because: "Microsoft manages the account's key." },
    { when: 'the account is in no perimeter', given: { perimeterFeatures: { state: 'noPerimeter' } }, because: 'in no network security perimeter' },
  ],
});
