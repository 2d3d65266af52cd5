import { multipleRegions } from '../../src/controls/multiple-regions.ts';
import type { Account } from '../../src/core/account.ts';
import { account, region } from '../support/builders.ts';
import { specify } from '../support/specify.ts';
import { stops } from '../support/stops.ts';

const names = ['West Europe', 'North Europe', 'Sweden Central', 'France Central'];
const having = (count: number, differences: Partial<Account> = {}) => ({ account: account({ regions: names.slice(0, count).map((name, failoverPriority) => region({ name, failoverPriority })), ...differences }) });

specify(multipleRegions, {
  passes: [
    { when: 'there are two regions', given: having(2), observing: { regions: ['West Europe', 'North Europe'], consistency: 'Session' } },
    { when: 'there are three with strong consistency', given: having(3, { consistency: 'Strong' }) },
    { when: 'there are three and Azure leaves the consistency out', given: having(3, { consistency: null }) },
    { when: 'there are four', given: having(4) },
  ],
  fails: [
    { when: 'there is one', given: having(1), says: 'The account has one region, West Europe.' },
    { when: 'there is one and Azure leaves the consistency out', given: having(1, { consistency: null }), says: 'one region' },
    { when: 'there are two with strong consistency', given: having(2, { consistency: 'Strong' }), says: 'two regions and strong consistency, which needs three' },
    { when: 'there are two with strong consistency in other case', given: having(2, { consistency: 'strong' }), says: 'needs three' },
  ],
  doesNotApply: [{ when: 'the account is serverless', given: having(1, { serverless: true }), because: 'A serverless account runs in one region.', observing: { regions: ['West Europe'] } }],
});

stops(multipleRegions, [
  { when: 'Azure leaves the regions out', given: having(0), says: 'Azure left the regions of account orders out.' },
  { when: 'there are two and Azure leaves the consistency out', given: having(2, { consistency: null }), says: 'left its consistency out' },
]);
