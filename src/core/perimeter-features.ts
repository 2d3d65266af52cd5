/** Whether an account combines a perimeter, a customer-managed key and features of the log store. */
export type PerimeterFeatures =
  /** Microsoft manages the key, or the account is in no perimeter: nothing is combined. */
  | { readonly state: 'noKey' }
  | { readonly state: 'noPerimeter' }
  | {
      readonly state: 'judged';
      /** Ids of the account's perimeters. */
      readonly perimeters: readonly string[];
      readonly inUse: readonly LogStoreFeature[];
      /** Features that could not be read; empty where none is in use. */
      readonly unread: readonly LogStoreFeature[];
    };

export const logStoreFeatures = ['analyticalStore', 'allVersionsAndDeletesChangeFeed', 'materializedViews', 'pointInTimeRestore'] as const;
export type LogStoreFeature = (typeof logStoreFeatures)[number];
