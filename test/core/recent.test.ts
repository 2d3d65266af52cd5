import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { recent } from '../../src/core/recent.ts';

test('keeps what was asked for last, and makes the rest again: law', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g')), (most, keys) => {
      const kept = recent<object>(most);
      let last: string[] = [];
      const values = new Map<string, object>();
      for (const key of keys) {
        let made = false;
        const value = kept.get(key, () => {
          made = true;
          return {};
        });
        expect(made).toBe(!last.includes(key));
        expect(value === values.get(key)).toBe(!made);
        values.set(key, value);
        last = [...last.filter(each => each !== key), key].slice(-most);
      }
      expect(kept.size).toBe(last.length);
    }),
  );
});
