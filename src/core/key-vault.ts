import type { AccessMode } from './perimeter.ts';

/** Whether the key vault of an account's key shares a perimeter with the account. */
export type KeyVaultMembership =
  /** Microsoft manages the key, or the account is in no perimeter. */
  | { readonly state: 'noKey' }
  | { readonly state: 'noPerimeter' }
  | {
      readonly state: 'judged';
      /** Name of the key vault. */
      readonly vault: string;
      /** Ids of the account's perimeters. */
      readonly perimeters: readonly string[];
      readonly associations: readonly KeyVaultAssociation[];
    };

/** An association of the key vault, with any perimeter that was read. */
export interface KeyVaultAssociation {
  readonly perimeterId: string;
  /** How its perimeter relates to the account's: the same, connected by an approved link, or neither. */
  readonly relation: 'same' | 'linked' | 'separate';
  readonly accessMode: AccessMode;
}
