import type { Arm } from '../azure/arm.ts';
import type { Fact, Known } from '../core/fact.ts';
import { unknownBecause } from './reason.ts';

/** Reads one thing from Azure: the truth, or an exception. */
export interface Collector<Subject, T> {
  /** What is read, for messages: `accounts`. */
  readonly name: string;
  /** Azure actions the identity needs. */
  readonly actions: readonly string[];
  read(this: void, arm: Arm, subject: Subject): Promise<Known<T>>;
}

/** Reads with a collector; what it throws becomes an unknown fact with its reason. */
export async function collect<Subject, T>({ name, actions, read }: Collector<Subject, T>, arm: Arm, subject: Subject): Promise<Fact<T>> {
  try {
    return await read(arm, subject);
  } catch (error) {
    return unknownBecause(error, typeof subject === 'string' ? `${name} of ${subject}` : name, actions);
  }
}

/** Waits for all, also where one fails: nothing is asked of Azure any more when a fact is given. */
export async function settled<T extends readonly Promise<unknown>[]>(readings: readonly [...T]): Promise<{ -readonly [Place in keyof T]: Awaited<T[Place]> }> {
  await Promise.allSettled(readings);
  return Promise.all(readings);
}
