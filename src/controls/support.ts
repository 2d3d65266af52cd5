import type { AddressRange } from '../core/address.ts';
import type { Organisation } from '../core/control.ts';
import type { Association, Side } from '../core/perimeter.ts';
import { nameOf } from '../core/resource-id.ts';

/** Names for a sentence: the first five, and how many more there are. */
export function listed(names: readonly string[], separator = ', '): string {
  const more = names.length - 5;
  return more > 0 ? `${names.slice(0, 5).join(separator)} and ${more} more` : names.join(separator);
}

/** A list for `observed`, cut so that a finding stays small. */
export function cut<T>(list: readonly T[]): readonly T[] {
  return list.slice(0, 20);
}

/** Whether a subscription is of the tenant or trusted. Null, an id without a subscription, is not. */
export function isTrusted(subscription: string | null, { subscriptions, trustedSubscriptions }: Organisation): boolean {
  if (subscription === null) return false;
  const id = subscription.toLowerCase();
  return subscriptions.has(id) || trustedSubscriptions.has(id);
}

/** What the readable sides of an association say; null where a side was read and does not hold it. */
export function readSides({ account, perimeter }: Association): (Side | null)[] {
  return [account, perimeter].flatMap(side => (side.known ? [side.value] : []));
}

/** Whether both sides hold the association, as far as they were read, and one was. */
export function isWhole(association: Association): boolean {
  return readSides(association).length > 0 && missingSide(association) === null;
}

/** In words, which side of an association does not hold it; null where every readable side does. */
export function missingSide({ perimeterId, account, perimeter }: Association): string | null {
  if (account.known && account.value === null) return `perimeter ${nameOf(perimeterId)} lists the account, which has no configuration of it`;
  if (perimeter.known && perimeter.value === null) return `the account has a configuration of perimeter ${nameOf(perimeterId)}, which does not list the account`;
  return null;
}

/** Whether one range alone admits more than that many addresses. */
export function isWider(range: AddressRange, addresses: number): boolean {
  return range.last - range.first + 1n > BigInt(addresses);
}
