import { expect, test } from 'vitest';
import type { Control } from '../../src/core/control.ts';
import type { AccountFacts } from '../../src/core/snapshot.ts';
import { accountFacts, organisation } from './builders.ts';

interface Stop {
  /** Completes "stops, and so is unknown, when …". */
  readonly when: string;
  /** Differences from a compliant account. */
  readonly given: Partial<AccountFacts>;
  /** Part of the error's message. */
  readonly says: string;
}

/** What a control of accounts cannot judge: it throws, and the engine makes that unknown instead of a pass. */
export function stops(control: Control<'account'>, cases: readonly [Stop, ...Stop[]]): void {
  test.each(cases)(`${control.id} stops, and so is unknown, when $when`, ({ given, says }) => {
    const context = { now: new Date('2026-11-20T06:00:00Z'), parameters: {}, organisation: organisation() };
    expect(() => control.judge(accountFacts(given), context)).toThrow(says);
  });
}
