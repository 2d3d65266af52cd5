import { keysUnused } from '../../src/controls/keys-unused.ts';
import { account, preview } from '../support/builders.ts';
import { specify } from '../support/specify.ts';

const keysOn = account({ localAuthDisabled: false });
const none = { primary: null, secondary: null, primaryReadOnly: null, secondaryReadOnly: null };
const used = (differences: object) => ({ account: keysOn, preview: preview({ keysLastUsed: { ...none, ...differences } }) });

specify(keysUnused, {
  passes: [
    { when: 'no use of any key is on record', given: used({}), observing: { days: 30, primary: null } },
    { when: 'the last use is longer ago than 30 days', given: used({ primary: '2026-10-21T05:59:59Z' }) },
    { when: 'the last use is longer ago than the days given', given: used({ secondary: '2026-11-12T05:00:00Z' }), parameters: { days: 7 } },
  ],
  fails: [
    { when: 'a key was used yesterday', given: used({ primary: '2026-11-19T06:00:00Z' }), says: 'Keys were used in the last 30 days: the primary key on 2026-11-19.', observing: { primary: '2026-11-19' } },
    { when: 'a key was used 30 days ago, to the second', given: used({ primary: '2026-10-21T06:00:00Z' }), says: 'the primary key on 2026-10-21' },
    { when: 'a read-only key was used', given: used({ primaryReadOnly: '2026-11-01T00:00:00Z', secondaryReadOnly: '2026-11-02T00:00:00+02:00' }), says: 'the primaryReadOnly key on 2026-11-01, the secondaryReadOnly key on 2026-11-02.' },
    { when: 'the last use is in the future, as clocks differ', given: used({ secondary: '2026-11-20T06:10:00Z' }), says: 'the secondary key' },
    { when: 'the last use is within the days given', given: used({ secondary: '2026-06-01T00:00:00Z' }), parameters: { days: 365 }, says: 'in the last 365 days' },
  ],
  doesNotApply: [{ when: 'the account rejects keys', given: { account: account({ localAuthDisabled: true }), preview: preview({ keysLastUsed: { ...none, primary: '2026-11-19T06:00:00Z' } }) }, because: 'The account rejects keys.' }],
});
