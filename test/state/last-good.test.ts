import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { lastGoodIn } from '../../src/state/last-good.ts';
import { temporaryFolder } from '../support/folder.ts';

const good = { url: 'https://x/y', etag: '"1"', text: 'name: x\n' };
const fileIn = (folder: string): string => join(folder, 'state', 'baseline.json');

test('there is none at first', async () => {
  expect(await lastGoodIn(fileIn(temporaryFolder())).read()).toBeNull();
});

test('is given back as it was, also to another process', async () => {
  const file = fileIn(temporaryFolder());
  await lastGoodIn(file).write(good);
  expect(await lastGoodIn(file).read()).toEqual(good);
});

test('is the last that was written, and leaves no draft', async () => {
  const file = fileIn(temporaryFolder());
  const store = lastGoodIn(file);
  await store.write(good);
  await store.write({ ...good, etag: null, text: 'name: y\n' });
  expect(await store.read()).toEqual({ ...good, etag: null, text: 'name: y\n' });
  expect(readdirSync(dirname(file))).toEqual(['baseline.json']);
});

test.each([
  ['half a file', '{"url": "https://x'],
  ['something else', '{"text": 1}'],
  ['nothing', ''],
])('is none where there is %s', async (_, content) => {
  const file = fileIn(temporaryFolder());
  mkdirSync(dirname(file));
  writeFileSync(file, content);
  expect(await lastGoodIn(file).read()).toBeNull();
});

test('cannot be kept where there is no folder to be had', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'state'), 'a file');
  await expect(lastGoodIn(fileIn(folder)).write(good)).rejects.toThrow(/state/);
});
