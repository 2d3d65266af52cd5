import type { Account, Region } from '../core/account.ts';

/** `West Europe`, `westeurope` and `West-Europe` are one region. */
export function regionKey(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

/** The regions of an account. It has at least one: none means that Azure left them out, which says nothing. */
export function regionsOf({ name, regions }: Account): readonly Region[] {
  if (regions.length === 0) throw new Error(`Azure left the regions of account ${name} out.`);
  return regions;
}
