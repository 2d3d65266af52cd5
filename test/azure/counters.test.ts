import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { meter } from '../../src/azure/counters.ts';

test('what is taken was counted since it was taken last', () => {
  const { counters, count, take } = meter();
  count('requests');
  count('retries');
  expect(take()).toEqual({ requests: 1, throttled: 0, retries: 1 });
  expect(take()).toEqual({ requests: 0, throttled: 0, retries: 0 });
  count('throttled');
  expect(take()).toEqual({ requests: 0, throttled: 1, retries: 0 });
  expect(counters).toEqual({ requests: 1, throttled: 1, retries: 1 });
});

test('whatever is taken whenever adds up to what was counted: law', () => {
  const step = fc.constantFrom('requests', 'throttled', 'retries', 'take');
  fc.assert(
    fc.property(fc.array(step), steps => {
      const { counters, count, take } = meter();
      const taken = steps.flatMap(each => (each === 'take' ? [take()] : count(each) ?? []));
      const all = [...taken, take()];
      const sum = (what: 'requests' | 'throttled' | 'retries'): number => all.reduce((total, each) => total + each[what], 0);
      expect({ requests: sum('requests'), throttled: sum('throttled'), retries: sum('retries') }).toEqual(counters);
    }),
  );
});
