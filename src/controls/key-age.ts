import { fail, pass } from '../core/control.ts';
import type { Verdict } from '../core/finding.ts';
import { listed } from './support.ts';

/** An account key by its name, and when it was made; null: before 2022-06-18, when Azure began to record it. */
export type KeyTimes = Readonly<Record<string, string | null>>;

const day = 86_400_000;

/** Fails for keys older than `days`, to the moment. A time that makes no sense says nothing of the key's age. */
export function judgeKeys(keys: KeyTimes, days: number, now: Date): Verdict {
  const entries = Object.entries(keys);
  const problems = entries.flatMap(([name, made]) => problemOf(name, made, days, now) ?? []);
  const observed = { days, ...keys };
  if (problems.length > 0) return fail(`Keys are not rotated every ${days} days: ${listed(problems, '; ')}.`, observed);
  const strange = entries.find(([, made]) => made !== null && !isPlausible(ageOf(made, now)));
  if (strange) throw new Error(`The ${strange[0]} key was made on ${strange[1]}, says Azure, which is in the future or no time at all.`);
  return pass(observed);
}

function problemOf(name: string, made: string | null, days: number, now: Date): string | null {
  if (made === null) return `the ${name} key was made before 2022-06-18, when Azure began to record it`;
  const age = ageOf(made, now);
  return age > days * day ? `the ${name} key is from ${made.slice(0, 10)}` : null;
}

function ageOf(made: string, now: Date): number {
  return now.getTime() - Date.parse(made);
}

/** Clocks differ, by less than a day. Not a number is not plausible. */
function isPlausible(age: number): boolean {
  return age >= -day;
}
