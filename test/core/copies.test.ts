import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { withoutCopies } from '../../src/core/copies.ts';

test('texts stay what they are: law', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 2 })), texts => {
      const once = withoutCopies();
      expect(texts.map(text => once(text))).toEqual(texts);
    }),
  );
});
