import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { absent, list } from '../../src/collectors/schema.ts';

const meaning = { kind: 'none' };
const Thing = z.object({
  name: z.string(),
  size: absent(z.int(), 0),
  owner: absent(z.object({ id: z.string().transform(id => id.toLowerCase()), mail: absent(z.string(), null) }), meaning),
  tags: list(z.string()),
});

describe('a field that may be absent', () => {
  test.each<{ readonly sent: string; readonly thing: object; readonly read: object }>([
    { sent: 'nothing', thing: {}, read: { size: 0, owner: meaning, tags: [] } },
    { sent: 'null', thing: { size: null, owner: null, tags: null }, read: { size: 0, owner: meaning, tags: [] } },
    { sent: 'undefined', thing: { size: undefined, owner: undefined, tags: undefined }, read: { size: 0, owner: meaning, tags: [] } },
    { sent: 'a value', thing: { size: 3, owner: { id: 'ANN', mail: 'ann@contoso.com' }, tags: ['a'] }, read: { size: 3, owner: { id: 'ann', mail: 'ann@contoso.com' }, tags: ['a'] } },
    { sent: 'a value that is empty', thing: { size: 0, owner: { id: '' }, tags: [] }, read: { size: 0, owner: { id: '', mail: null }, tags: [] } },
  ])('sent as $sent', ({ thing, read }) => expect(Thing.parse({ name: 'a', ...thing })).toEqual({ name: 'a', ...read }));

  test.each<{ readonly sent: string; readonly thing: object; readonly at: readonly PropertyKey[] }>([
    { sent: 'a text for a number', thing: { size: '3' }, at: ['size'] },
    { sent: 'an empty text', thing: { size: '' }, at: ['size'] },
    { sent: 'an object without what it must hold', thing: { owner: {} }, at: ['owner', 'id'] },
    { sent: 'something wrong within', thing: { owner: { id: 'a', mail: 1 } }, at: ['owner', 'mail'] },
    { sent: 'one wrong element', thing: { tags: ['a', null] }, at: ['tags', 1] },
  ])('is no value where it is wrong, and the place is told: $sent', ({ thing, at }) => {
    const { success, error } = Thing.safeParse({ name: 'a', ...thing });
    expect(success).toBe(false);
    expect(error?.issues.map(({ path }) => path)).toEqual([at]);
  });

  test('by itself, and in a list', () => {
    const Size = absent(z.int(), -1);
    expect([undefined, null, 5].map(value => Size.parse(value))).toEqual([-1, -1, 5]);
    expect(z.array(Size).parse([null, 2])).toEqual([-1, 2]);
    expect(Size.safeParse('5').success).toBe(false);
  });
});
