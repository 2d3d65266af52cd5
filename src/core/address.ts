/** A run of IP addresses, both ends included. */
export interface AddressRange {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
  /** As a person wrote it. */
  readonly text: string;
}
