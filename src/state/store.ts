/** A text or bytes that are kept, and the tag by which this version of it is known. */
export interface Stored {
  readonly content: Uint8Array;
  readonly tag: string;
}

/**
 * What has to be there before something is written:
 * `any` = whatever there is; `absent` = nothing; a tag = the version that was read.
 */
export type Condition = 'any' | 'absent' | { readonly tag: string };

/**
 * Where a scan keeps what the next one must know: blobs of one container in Azure, files of one folder elsewhere.
 * Names are paths of one or more parts, `outbox/0001.json`, each of letters, digits, `.`, `_` and `-`, and none begins with a dot.
 * @throws Problem from every method where the place cannot be used; never for something that is not there
 */
export interface Store {
  /** Null where there is none. */
  read(name: string): Promise<Stored | null>;
  /** Whole or not at all, whenever the process is killed. Gives the new tag, or `conflict` where the condition does not hold. */
  write(name: string, content: Uint8Array, condition: Condition): Promise<string>;
  /** Every name that begins so, sorted. */
  names(prefix: string): Promise<readonly string[]>;
  /** Nothing happens where there is none. */
  remove(name: string): Promise<void>;
}
