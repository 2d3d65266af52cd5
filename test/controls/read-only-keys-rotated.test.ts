import { readOnlyKeysRotated } from '../../src/controls/read-only-keys-rotated.ts';
import { account } from '../support/builders.ts';
import { specify } from '../support/specify.ts';
import { stops } from '../support/stops.ts';

/** The scan is on 2026-11-20 at 06:00 UTC; 365 days before is 2025-11-20. */
const made = (primaryReadOnly: string | null, secondaryReadOnly: string | null = '2026-11-01T00:00:00Z') => ({
  account: account({ localAuthDisabled: false, keys: { primary: null, secondary: null, primaryReadOnly, secondaryReadOnly } }),
});

specify(readOnlyKeysRotated, {
  passes: [
    { when: 'both keys are young enough, however old the read-write ones are', given: made('2026-01-01T00:00:00Z'), observing: { days: 365, 'primary read-only': '2026-01-01T00:00:00Z' } },
    { when: 'a key is 365 days old to the moment', given: made('2025-11-20T06:00:00Z') },
  ],
  fails: [
    { when: 'a key is older by a second', given: made('2025-11-20T05:59:59Z'), says: 'Keys are not rotated every 365 days: the primary read-only key is from 2025-11-20.' },
    { when: 'Azure has no time for the secondary', given: made('2026-11-01T00:00:00Z', null), says: 'the secondary read-only key was made before 2022-06-18' },
    { when: 'the baseline allows less', given: made('2026-08-01T00:00:00Z'), parameters: { days: 90 }, says: 'every 90 days' },
  ],
  doesNotApply: [{ when: 'keys are rejected', given: { account: account() }, because: 'The account rejects keys.', observing: { primaryReadOnly: '2026-10-01T00:00:00Z' } }],
});

stops(readOnlyKeysRotated, [{ when: 'a key was made in the future', given: made('2026-12-24T00:00:00Z'), says: 'The primary read-only key was made on 2026-12-24' }]);
