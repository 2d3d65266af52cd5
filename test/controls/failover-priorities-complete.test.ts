import { failoverPrioritiesComplete } from '../../src/controls/failover-priorities-complete.ts';
import { account, region } from '../support/builders.ts';
import { specify } from '../support/specify.ts';
import { stops } from '../support/stops.ts';

const names = ['West Europe', 'North Europe', 'Sweden Central'];
const having = (...priorities: (number | null)[]) => ({ account: account({ regions: priorities.map((failoverPriority, at) => region({ name: names[at] ?? '', failoverPriority })) }) });

specify(failoverPrioritiesComplete, {
  passes: [
    { when: 'every region has its own', given: having(0, 1, 2), observing: { priorities: [{ region: 'West Europe', priority: 0 }, { region: 'North Europe', priority: 1 }, { region: 'Sweden Central', priority: 2 }] } },
    { when: 'they are in another order', given: having(1, 0) },
  ],
  fails: [
    { when: 'two regions share one', given: having(0, 1, 1), says: 'Regions share a failover priority: North Europe (1), Sweden Central (1).' },
    { when: 'two share 0', given: having(0, 0), says: 'West Europe (0), North Europe (0)' },
    { when: 'two share one and a third has none', given: having(0, null, 0), says: 'West Europe (0), Sweden Central (0)' },
  ],
  doesNotApply: [
    { when: 'there is one region', given: having(0), because: 'one region, so there is none to fail over to' },
    { when: 'there is one region without a priority', given: having(null), because: 'one region' },
  ],
});

stops(failoverPrioritiesComplete, [
  { when: 'Azure leaves the regions out', given: having(), says: 'left the regions of account orders out' },
  { when: 'Azure leaves a priority out', given: having(0, null), says: 'Azure left the failover priority of region North Europe out.' },
  { when: 'Azure leaves two priorities out', given: having(null, null), says: 'West Europe' },
]);
