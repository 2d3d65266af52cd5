/** A management lock, at any scope of a subscription. */
export interface Lock {
  readonly name: string;
  /** What it protects: the id of a subscription, resource group or resource. */
  readonly scope: string;
  readonly level: 'CanNotDelete' | 'ReadOnly' | { readonly unrecognised: string };
}
