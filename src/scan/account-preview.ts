import { collectors } from '../collectors/index.ts';
import type { Account } from '../core/account.ts';
import { unknown, type Fact } from '../core/fact.ts';
import type { PreviewSettings } from '../core/preview.ts';
import { sameId, subscriptionOf } from '../core/resource-id.ts';
import type { ScanServices } from './services.ts';

/** The account's entry in its subscription's preview list, which is read once for all of them. */
export async function previewOf({ id, name }: Account, { knowledge }: ScanServices): Promise<Fact<PreviewSettings>> {
  const subscription = subscriptionOf(id);
  if (subscription === null) return unknown('malformed', `${id} names no subscription.`);
  const listed = await knowledge.once(collectors.accountPreviews, subscription);
  if (!listed.known) return listed;
  const previewed = listed.value.find(account => sameId(account.id, id));
  return previewed?.settings ?? unknown('missing', `The preview version of the list of accounts does not hold ${name}.`, listed.sources);
}
