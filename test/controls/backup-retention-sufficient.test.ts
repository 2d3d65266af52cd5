import { backupRetentionSufficient } from '../../src/controls/backup-retention-sufficient.ts';
import type { Account } from '../../src/core/account.ts';
import { account } from '../support/builders.ts';
import { specify } from '../support/specify.ts';
import { stops } from '../support/stops.ts';

const having = (backup: Account['backup']) => ({ account: account({ backup }) });
const periodic = (retentionHours: number | null) => having({ type: 'Periodic', intervalMinutes: 1440, retentionHours, redundancy: 'Geo', migratingTo: null });
const continuous = (tier: string | null) => having({ type: 'Continuous', tier, migratingTo: null });

specify(backupRetentionSufficient, {
  passes: [
    { when: 'the tier is 30 days', given: continuous('Continuous30Days'), observing: { mode: 'Continuous', tier: 'Continuous30Days' } },
    { when: 'the tier is longer', given: continuous('Continuous35Days') },
    { when: 'case differs', given: continuous('continuous30days') },
    { when: 'seven days are enough for the baseline', given: continuous('Continuous7Days'), parameters: { continuousTier: 'Continuous7Days' } },
    { when: 'periodic backups are kept for 168 hours', given: periodic(168), observing: { mode: 'Periodic', retentionHours: 168, intervalMinutes: 1440 } },
    { when: 'a day is enough for the baseline', given: periodic(24), parameters: { periodicHours: 24 } },
  ],
  fails: [
    { when: 'the tier is seven days', given: continuous('Continuous7Days'), says: 'Continuous backup keeps 7 days, fewer than 30.' },
    { when: 'the baseline asks for more', given: continuous('Continuous30Days'), parameters: { continuousTier: 'Continuous35Days' }, says: 'keeps 30 days, fewer than 35.' },
    { when: 'periodic backups are kept for 167 hours', given: periodic(167), says: 'Periodic backups are kept for 167 hours, fewer than 168.' },
    { when: 'the baseline asks for more hours', given: periodic(168), parameters: { periodicHours: 720 }, says: 'fewer than 720.' },
  ],
});

stops(backupRetentionSufficient, [
  { when: 'Azure leaves the policy out', given: having(null), says: 'left the backup policy of account orders out' },
  { when: 'the mode is newer than this program', given: having({ type: 'unrecognised', text: 'Eternal', migratingTo: null }), says: '"Eternal"' },
  { when: 'Azure leaves the tier out', given: continuous(null), says: 'left the tier' },
  { when: 'the tier is newer than this program', given: continuous('ContinuousForever'), says: 'The tier "ContinuousForever" of continuous backup is not known to this version.' },
  { when: 'Azure leaves the retention out', given: periodic(null), says: 'left the retention' },
]);
