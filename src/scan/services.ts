import type { Arm } from '../azure/arm.ts';
import type { Judge } from '../core/evaluate.ts';
import type { Knowledge } from './knowledge.ts';

/** What every step of a scan works with. */
export interface ScanServices {
  readonly arm: Arm;
  readonly knowledge: Knowledge;
  readonly judge: Judge;
  readonly signal: AbortSignal;
  readonly clock: () => Date;
  /** Keeps the subscriptions with accounts that are read at once few: each holds all its facts until it is judged. */
  readonly inDepth: <T>(work: () => Promise<T>) => Promise<T>;
}
