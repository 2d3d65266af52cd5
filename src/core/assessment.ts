import type { Exposure } from './exposure.ts';
import type { Finding } from './finding.ts';
import type { Score } from './score.ts';

/** A resource that is assessed. */
export interface Resource {
  /** As Azure wrote it. */
  readonly resourceId: string;
  readonly resourceType: string;
  readonly name: string;
  readonly subscriptionId: string;
  readonly location: string | null;
  /** Left out where they are not known; exemptions by tag then do not hold. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Accounts alone make up a scan's score and its number of accounts. */
export const accountType = 'Microsoft.DocumentDB/databaseAccounts';

/** All findings and the score of one resource. */
export interface Assessment extends Resource {
  readonly score: Score;
  /** Null for resources that data does not flow through, such as a perimeter. */
  readonly exposure: Exposure | null;
  readonly findings: readonly Finding[];
}
