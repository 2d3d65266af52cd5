import { z } from 'zod';
import { control, fail, pass } from '../core/control.ts';
import { backupOf, daysOfTier } from './backups.ts';

export const backupRetentionSufficient = control({
  id: 'backup-retention-sufficient',
  scope: 'account',
  title: 'Backups are kept long enough to notice a mistake.',
  severity: 'medium',
  rationale:
    'Lost or damaged data is found when somebody looks for it, days or weeks later. Periodic backups are kept for eight hours by default: what is noticed the next morning is gone.',
  remediation: {
    text: 'Choose the 30-day tier of continuous backup, or longer retention for periodic backups; that takes an interval that fits, and costs for more than two copies.',
    cli: 'az cosmosdb update --ids <account-id> --backup-policy-type Continuous --continuous-tier Continuous30Days\naz cosmosdb update --ids <account-id> --backup-interval 1440 --backup-retention 168',
    bicep: "properties: {\n  backupPolicy: {\n    type: 'Continuous'\n    continuousModeProperties: {\n      tier: 'Continuous30Days'\n    }\n  }\n}",
  },
  references: [
    'https://learn.microsoft.com/azure/cosmos-db/continuous-backup-restore-introduction#continuous-30-day-tier-vs-7-day-tier',
    'https://learn.microsoft.com/azure/cosmos-db/periodic-backup-modify-interval-retention',
  ],
  requirements: ['SEC automated-online-backups'],
  parameters: z.object({
    continuousTier: z.enum(['Continuous7Days', 'Continuous30Days', 'Continuous35Days']).default('Continuous30Days').describe('The least tier of continuous backup.'),
    periodicHours: z.int().positive().default(168).describe('Least hours that periodic backups are kept.'),
  }),
  needs: ['account'],
  evaluate({ account }, { parameters: { continuousTier, periodicHours } }) {
    const backup = backupOf(account);
    if (backup.type === 'Continuous') {
      if (backup.tier === null) throw new Error("Azure left the tier of the account's continuous backup out.");
      const observed = { mode: backup.type, tier: backup.tier };
      const days = daysOfTier(backup.tier);
      return days < daysOfTier(continuousTier) ? fail(`Continuous backup keeps ${days} days, fewer than ${daysOfTier(continuousTier)}.`, observed) : pass(observed);
    }
    if (backup.retentionHours === null) throw new Error("Azure left the retention of the account's periodic backups out.");
    const observed = { mode: backup.type, retentionHours: backup.retentionHours, intervalMinutes: backup.intervalMinutes };
    return backup.retentionHours < periodicHours ? fail(`Periodic backups are kept for ${backup.retentionHours} hours, fewer than ${periodicHours}.`, observed) : pass(observed);
  },
});
