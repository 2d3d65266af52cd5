import { z } from 'zod';
import { control, fail, notApplicable, pass } from '../core/control.ts';
import { shortened } from '../exposure/firewall.ts';
import { backupOf } from './backups.ts';

const redundancies = ['Geo', 'Zone', 'Local'] as const;

export const backupGeoRedundant = control({
  id: 'backup-geo-redundant',
  scope: 'account',
  title: 'Periodic backups are kept in the paired region too.',
  severity: 'medium',
  rationale: 'A backup that lies only where the data lies is lost with it. Geo-redundant storage copies periodic backups to the paired region.',
  remediation: {
    text: 'Set the redundancy of the backup storage to Geo. Where data may not leave the region, allow Zone in the baseline (redundancies).',
    cli: 'az cosmosdb update --ids <account-id> --backup-redundancy Geo',
    bicep: "properties: {\n  backupPolicy: {\n    type: 'Periodic'\n    periodicModeProperties: {\n      backupStorageRedundancy: 'Geo'\n      backupIntervalInMinutes: 1440\n      backupRetentionIntervalInHours: 168\n    }\n  }\n}",
  },
  references: ['https://learn.microsoft.com/azure/cosmos-db/periodic-backup-storage-redundancy'],
  requirements: ['SEC automated-online-backups'],
  notApplicableWhen: 'backups are continuous: they are kept in every region of the account, and their redundancy cannot be chosen',
  parameters: z.object({
    redundancies: z.array(z.enum(['Geo', 'Zone'])).nonempty().default(['Geo']).describe('Redundancies of the backup storage that count.'),
  }),
  needs: ['account'],
  evaluate({ account }, { parameters: { redundancies: accepted } }) {
    const backup = backupOf(account);
    if (backup.type === 'Continuous') return notApplicable('Continuous backups are kept in every region of the account, and their redundancy cannot be chosen.', { mode: backup.type });
    if (backup.redundancy === null) throw new Error("Azure left the redundancy of the account's periodic backups out.");
    const text = backup.redundancy.toLowerCase();
    const redundancy = redundancies.find(each => each.toLowerCase() === text);
    if (redundancy === undefined) throw new Error(`The backup redundancy "${shortened(backup.redundancy)}" is not known to this version.`);
    const observed = { mode: backup.type, redundancy };
    return accepted.some(each => each === redundancy) ? pass(observed) : fail(`Periodic backups are kept in ${redundancy} redundant storage, not ${accepted.join(' or ')}.`, observed);
  },
});
