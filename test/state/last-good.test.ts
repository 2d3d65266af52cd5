import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderStore } from '../../src/state/folder-store.ts';
import { lastGoodIn } from '../../src/state/last-good.ts';
import { temporaryFolder } from '../support/folder.ts';

const good = { url: 'https://x/y', etag: '"1"', text: 'name: x\n' };

test('there is none at first', async () => {
  expect(await lastGoodIn(folderStore(temporaryFolder())).read()).toBeNull();
});

test('is given back as it was, also to another process', async () => {
  const folder = temporaryFolder();
  await lastGoodIn(folderStore(folder)).write(good);
  expect(await lastGoodIn(folderStore(folder)).read()).toEqual(good);
});

test('is the last that was written, under one name', async () => {
  const store = folderStore(temporaryFolder());
  await lastGoodIn(store).write(good);
  await lastGoodIn(store).write({ ...good, etag: null, text: 'name: ÿ\n' });
  expect(await lastGoodIn(store).read()).toEqual({ ...good, etag: null, text: 'name: ÿ\n' });
  expect(await store.names('')).toEqual(['baseline/last-good.json']);
});

test.each([
  ['half a file', '{"url": "https://x'],
  ['something else', '{"text": 1}'],
  ['nothing', ''],
])('is none where there is %s', async (_, content) => {
  const store = folderStore(temporaryFolder());
  await store.write('baseline/last-good.json', Buffer.from(content), 'any');
  expect(await lastGoodIn(store).read()).toBeNull();
});

test('cannot be kept where the state cannot be used, and is none there', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'state'));
  writeFileSync(join(folder, 'state', 'baseline'), 'a file');
  const lastGood = lastGoodIn(folderStore(join(folder, 'state')));
  await expect(lastGood.write(good)).rejects.toThrow(/state/);
  expect(await lastGood.read()).toBeNull();
});
