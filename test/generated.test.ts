import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { generated } from '../src/tools/generated.ts';

const root = join(import.meta.dirname, '..');

test('generated files are listed once, sorted by path', () => {
  const paths = generated.map(({ path }) => path);
  expect(paths).toEqual([...new Set(paths)].toSorted());
});

test.each(generated)('$path is up to date: npm run docs', ({ path, content }) => {
  // Not toEqual: a difference of a thousand lines helps nobody.
  expect(readFileSync(join(root, path), 'utf8') === content()).toBe(true);
});
