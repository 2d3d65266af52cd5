import type { TokenCredential } from '@azure/core-auth';
import { blobStore } from './blob-store.ts';
import { folderStore } from './folder-store.ts';
import type { Store } from './store.ts';

/** Where the state is: a container of blobs, by its https address and the scope of a token for it, or a folder. */
export type StateLocation = { readonly kind: 'blob'; readonly url: string; readonly scope: string } | { readonly kind: 'folder'; readonly folder: string };

/** Opens a store. Nothing is read or written before it is used. */
export function openStore(location: StateLocation, credential: TokenCredential): Store {
  switch (location.kind) {
    case 'blob':
      return blobStore({ url: location.url, scope: location.scope, credential });
    case 'folder':
      return folderStore(location.folder);
  }
}
