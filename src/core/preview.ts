/** Settings of an account that only preview versions of its API show. */
export interface PreviewSettings {
  readonly keysLastUsed: KeyUses;
  /** Whether diagnostic logs carry the text of queries. `unrecognised`: newer than this program. */
  readonly fullTextQuery: 'None' | 'True' | 'False' | { readonly unrecognised: string };
  /** Null where Azure leaves it out. */
  readonly materializedViews: boolean | null;
  /** Null where Azure leaves it out. */
  readonly allVersionsAndDeletesChangeFeed: boolean | null;
}

/** About when each key was last used for data, ISO 8601. Null: no use is on record. */
export interface KeyUses {
  readonly primary: string | null;
  readonly secondary: string | null;
  readonly primaryReadOnly: string | null;
  readonly secondaryReadOnly: string | null;
}
