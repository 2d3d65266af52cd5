import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openStore, type StateLocation } from '../../src/state/open-store.ts';
import { azurite, storageScope, unusedIn } from '../support/azurite.ts';
import { temporaryFolder } from '../support/folder.ts';

test('a place is a folder or a container of blobs; what is written there is there for whoever opens it next', async () => {
  const { blob, credential } = await azurite();
  const folder = temporaryFolder();
  const places: readonly StateLocation[] = [{ kind: 'folder', folder }, { kind: 'blob', url: unusedIn(blob), scope: storageScope }];
  for (const place of places) {
    await openStore(place, credential).write('a/b', Buffer.from('x'), 'absent');
    expect(await openStore(place, credential).names('')).toEqual(['a/b']);
  }
  expect(readdirSync(folder)).toContain('a');
});

test('nothing happens before it is used', () => {
  const neverAsked = { getToken: () => Promise.reject(new Error('Asked.')) };
  expect(() => openStore({ kind: 'blob', url: 'https://contoso.blob.core.windows.net/state', scope: storageScope }, neverAsked)).not.toThrow();
  expect(() => openStore({ kind: 'folder', folder: '/does/not/exist' }, neverAsked)).not.toThrow();
});
