import type { Arm } from '../azure/arm.ts';
import type { Unknown } from '../core/fact.ts';
import type { Judge } from '../core/evaluate.ts';
import type { Knowledge } from './knowledge.ts';

/** What every step of a scan works with. */
export interface ScanServices {
  readonly arm: Arm;
  readonly knowledge: Knowledge;
  readonly judge: Judge;
  readonly signal: AbortSignal;
  readonly clock: () => Date;
  /** Keeps the subscriptions with accounts that are read at once few: each holds all its facts until it is judged, and its findings until they are written. */
  readonly inDepth: <T>(work: () => Promise<T>) => Promise<T>;
}

/** What is said of one subscription beside its assessments. */
export interface Notes {
  /** Something that should have been seen and could not. */
  gap(unknown: Unknown): void;
  /** A resource type of which not everything that is there was listed: what was there before may still be. */
  unlisted(resourceType: string): void;
  /** A perimeter that came up and is not in the inventory. */
  perimeter(id: string): void;
}

/** Works on one subscription. */
export interface SubscriptionServices extends ScanServices {
  readonly notes: Notes;
  /** Resource types, lower case, of which an earlier scan saw something in the subscription. */
  readonly remembered: ReadonlySet<string>;
}
