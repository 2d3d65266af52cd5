import { continuousBackup } from '../../src/controls/continuous-backup.ts';
import type { Account } from '../../src/core/account.ts';
import { account } from '../support/builders.ts';
import { specify } from '../support/specify.ts';
import { stops } from '../support/stops.ts';

const periodic = { type: 'Periodic', intervalMinutes: 240, retentionHours: 8, redundancy: 'Geo', migratingTo: null } as const;
const continuous = { type: 'Continuous', tier: 'Continuous7Days', migratingTo: null } as const;
const having = (backup: Account['backup'], differences: Partial<Account> = {}) => ({ account: account({ backup, ...differences }) });

specify(continuousBackup, {
  passes: [
    { when: 'backups are continuous, of any tier', given: having(continuous), observing: { mode: 'Continuous', migratingTo: null } },
    { when: 'they are for an API that was not known to support it', given: having(continuous, { apis: ['cassandra'] }) },
  ],
  fails: [
    { when: 'they are periodic', given: having(periodic), says: 'Backups are periodic.', observing: { mode: 'Periodic' } },
    { when: 'the change is under way', given: having({ ...periodic, migratingTo: 'Continuous' }), says: 'Backups are still periodic; the change to Continuous is under way.', observing: { migratingTo: 'Continuous' } },
    { when: 'a serverless account has periodic ones', given: having(periodic, { serverless: true }), says: 'Backups are periodic.' },
    { when: 'a MongoDB account has', given: having(periodic, { apis: ['mongodb'] }), says: 'Backups are periodic.' },
  ],
  doesNotApply: [
    { when: 'the API has none', given: having(periodic, { apis: ['cassandra'] }), because: 'Continuous backup does not support the Cassandra API.', observing: { apis: ['cassandra'], mode: 'Periodic' } },
    { when: 'the API has none, whatever the policy is', given: having(null, { apis: ['cassandra'] }), because: 'Cassandra', observing: { mode: null } },
  ],
});

stops(continuousBackup, [
  { when: 'Azure leaves the policy out', given: having(null), says: 'Azure left the backup policy of account orders out.' },
  { when: 'the mode is newer than this program', given: having({ type: 'unrecognised', text: 'Eternal', migratingTo: null }), says: 'The backup mode "Eternal" of account orders is not known to this version.' },
]);
