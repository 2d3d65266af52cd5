import type { Account, Backup } from '../core/account.ts';

type KnownBackup = Exclude<Backup, { readonly type: 'unrecognised' }>;

/** How an account is backed up. A policy that Azure left out, or of a mode newer than this program, says nothing. */
export function backupOf({ name, backup }: Account): KnownBackup {
  if (backup === null) throw new Error(`Azure left the backup policy of account ${name} out.`);
  if (backup.type === 'unrecognised') throw new Error(`The backup mode "${backup.text}" of account ${name} is not known to this version.`);
  return backup;
}

/** Days that a tier of continuous backup keeps, for example 30 of `Continuous30Days`. */
export function daysOfTier(tier: string): number {
  const days = /^continuous(\d+)days$/i.exec(tier)?.[1];
  if (days === undefined) throw new Error(`The tier "${tier}" of continuous backup is not known to this version.`);
  return Number(days);
}
