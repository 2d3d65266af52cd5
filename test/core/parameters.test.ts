import { expect, test } from 'vitest';
import { z } from 'zod';
import { parametersOf } from '../../src/core/parameters.ts';

test.each([
  ['a whole number', z.int().positive().default(256), 'whole number', 256],
  ['a number', z.number().default(0.5), 'number', 0.5],
  ['a text', z.string().default('a'), 'text', 'a'],
  ['a switch', z.boolean().default(false), 'true or false', false],
  ['a choice', z.enum(['Geo', 'Zone']).default('Geo'), 'one of Geo, Zone', 'Geo'],
  ['a list', z.array(z.string()).default(['a', 'b']), 'list of texts', ['a', 'b']],
  ['a list of choices', z.array(z.enum(['Geo', 'Zone'])).default(['Geo']), 'some of Geo, Zone', ['Geo']],
  ['what may be none', z.int().nullable().default(null), 'whole number or null', null],
])('says what %s is', (_, schema, type, value) => {
  expect(parametersOf(z.object({ limit: schema.describe('What it limits.') }))).toEqual([{ name: 'limit', type, default: value, meaning: 'What it limits.' }]);
});

test('no parameters are none', () => {
  expect(parametersOf(z.object({}))).toEqual([]);
});
