import { backupGeoRedundant } from '../../src/controls/backup-geo-redundant.ts';
import type { Account } from '../../src/core/account.ts';
import { account } from '../support/builders.ts';
import { specify } from '../support/specify.ts';
import { stops } from '../support/stops.ts';

const having = (backup: Account['backup']) => ({ account: account({ backup }) });
const stored = (redundancy: string | null) => having({ type: 'Periodic', intervalMinutes: 240, retentionHours: 8, redundancy, migratingTo: null });

specify(backupGeoRedundant, {
  passes: [
    { when: 'backups are geo-redundant', given: stored('Geo'), observing: { mode: 'Periodic', redundancy: 'Geo' } },
    { when: 'case differs', given: stored('geo') },
    { when: 'zone redundancy is enough for the baseline', given: stored('Zone'), parameters: { redundancies: ['Geo', 'Zone'] } },
  ],
  fails: [
    { when: 'they are locally redundant', given: stored('Local'), says: 'Periodic backups are kept in Local redundant storage, not Geo.', observing: { redundancy: 'Local' } },
    { when: 'they are zone-redundant', given: stored('Zone'), says: 'kept in Zone redundant storage, not Geo.' },
    { when: 'they are local and zone redundancy would be enough', given: stored('Local'), parameters: { redundancies: ['Geo', 'Zone'] }, says: 'not Geo or Zone.' },
    { when: 'geo-redundancy is not wanted', given: stored('Geo'), parameters: { redundancies: ['Zone'] }, says: 'not Zone.' },
  ],
  doesNotApply: [{ when: 'backups are continuous', given: { account: account() }, because: 'Continuous backups are kept in every region of the account', observing: { mode: 'Continuous' } }],
});

stops(backupGeoRedundant, [
  { when: 'Azure leaves the policy out', given: having(null), says: 'left the backup policy of account orders out' },
  { when: 'the mode is newer than this program', given: having({ type: 'unrecognised', text: 'Eternal', migratingTo: null }), says: '"Eternal"' },
  { when: 'Azure leaves the redundancy out', given: stored(null), says: 'left the redundancy' },
  { when: 'the redundancy is newer than this program', given: stored('GeoZone'), says: 'The backup redundancy "GeoZone" is not known to this version.' },
]);
