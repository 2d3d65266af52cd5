import { control, fail, notApplicable, pass } from '../core/control.ts';
import { unsupported } from './applicability.ts';
import { backupOf } from './backups.ts';

export const continuousBackup = control({
  id: 'continuous-backup',
  scope: 'account',
  title: 'The account is backed up continuously and can be restored to any moment.',
  severity: 'medium',
  rationale:
    'Continuous backup restores to the second before the mistake, by oneself and within hours. Periodic backup keeps a copy every few hours, loses what came after it, and only a support ticket brings it back, before the next copies overwrite it.',
  remediation: {
    text: 'Change the account to continuous backup. The change takes a while, keeps the account available and cannot be undone.',
    cli: 'az cosmosdb update --ids <account-id> --backup-policy-type Continuous --continuous-tier Continuous30Days',
    bicep: "properties: {\n  backupPolicy: {\n    type: 'Continuous'\n    continuousModeProperties: {\n      tier: 'Continuous30Days'\n    }\n  }\n}",
  },
  references: ['https://learn.microsoft.com/azure/cosmos-db/continuous-backup-restore-introduction', 'https://learn.microsoft.com/azure/cosmos-db/migrate-continuous-backup'],
  requirements: ['SEC restore-deleted-data'],
  notApplicableWhen: "the account's API has no continuous backup",
  needs: ['account'],
  evaluate({ account }) {
    const reason = unsupported('continuousBackup', account);
    if (reason !== null && account.backup?.type !== 'Continuous') return notApplicable(reason, { apis: account.apis, mode: account.backup?.type ?? null });
    const { type: mode, migratingTo } = backupOf(account);
    const observed = { mode, migratingTo };
    if (mode === 'Continuous') return pass(observed);
    return fail(migratingTo === null ? 'Backups are periodic.' : `Backups are still periodic; the change to ${migratingTo} is under way.`, observed);
  },
});
