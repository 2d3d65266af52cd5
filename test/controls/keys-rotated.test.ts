import { keysRotated } from '../../src/controls/keys-rotated.ts';
import type { KeyGenerations } from '../../src/core/account.ts';
import { account } from '../support/builders.ts';
import { specify } from '../support/specify.ts';
import { stops } from '../support/stops.ts';

/** The scan is on 2026-11-20 at 06:00 UTC; 90 days before is 2026-08-22. */
const made = (primary: string | null, secondary: string | null = '2026-11-01T00:00:00Z', others: Partial<KeyGenerations> = {}) => ({
  account: account({ localAuthDisabled: false, keys: { primary, secondary, primaryReadOnly: null, secondaryReadOnly: null, ...others } }),
});

specify(keysRotated, {
  passes: [
    { when: 'both keys are young, however old the read-only ones are', given: made('2026-10-01T00:00:00Z'), observing: { days: 90, primary: '2026-10-01T00:00:00Z', secondary: '2026-11-01T00:00:00Z' } },
    { when: 'a key is 90 days old to the moment', given: made('2026-08-22T06:00:00Z') },
    { when: 'the time has fractions and an offset', given: made('2026-08-22T08:00:00.1234567+02:00') },
    { when: "Azure's clock is ahead, by less than a day", given: made('2026-11-21T06:00:00Z') },
    { when: 'the baseline allows more', given: made('2026-01-01T00:00:00Z'), parameters: { days: 365 } },
  ],
  fails: [
    { when: 'a key is older by a millisecond', given: made('2026-08-22T05:59:59.999Z'), says: 'Keys are not rotated every 90 days: the primary key is from 2026-08-22.' },
    { when: 'the secondary key is old', given: made('2026-11-01T00:00:00Z', '2026-07-01T06:00:00Z'), says: 'the secondary key is from 2026-07-01.' },
    { when: 'both are', given: made('2026-01-01T06:00:00Z', '2025-01-01T06:00:00Z'), says: 'the primary key is from 2026-01-01; the secondary key is from 2025-01-01.' },
    { when: 'Azure has no time for a key', given: made(null), says: 'the primary key was made before 2022-06-18, when Azure began to record it.', observing: { primary: null } },
    { when: "one is old and the other's time is strange", given: made('2026-01-01T06:00:00Z', '2027-01-01T00:00:00Z'), says: 'the primary key is from 2026-01-01.' },
    { when: 'the baseline allows less', given: made('2026-11-01T00:00:00Z'), parameters: { days: 7 }, says: 'every 7 days: the primary key is from 2026-11-01' },
  ],
  doesNotApply: [{ when: 'keys are rejected', given: { account: account({ keys: { primary: null, secondary: null, primaryReadOnly: null, secondaryReadOnly: null } }) }, because: 'The account rejects keys.', observing: { primary: null, secondary: null } }],
});

stops(keysRotated, [
  { when: 'a key was made in the future', given: made('2026-11-21T06:00:00.001Z'), says: 'The primary key was made on 2026-11-21T06:00:00.001Z, says Azure' },
  { when: 'the secondary was', given: made('2026-11-01T00:00:00Z', '2027-01-01T00:00:00Z'), says: 'The secondary key was made on 2027-01-01' },
  { when: 'the time is none', given: made('yesterday'), says: 'or no time at all' },
]);
