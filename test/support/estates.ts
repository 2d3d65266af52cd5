import { account, type AccountBundle, type AccountSpec } from '../../src/sandbox/estate/accounts.ts';
import { group, guid, type Group } from '../../src/sandbox/estate/ids.ts';
import { perimeter, type Perimeter, type PerimeterSpec } from '../../src/sandbox/estate/perimeters.ts';

/** Resources of small estates, by the name of the subscription they are in. */
export const groupIn = (subscription: string): Group => group(guid(subscription), 'rg');

export function accountIn(subscription: string, name: string, spec: AccountSpec = {}): AccountBundle {
  return account(groupIn(subscription), name, spec);
}

/** With one narrow inbound rule unless told otherwise. */
export function perimeterIn(subscription: string, name: string, spec: Partial<PerimeterSpec> = {}): Perimeter {
  return perimeter(groupIn(subscription), name, { profiles: { apps: { version: 1, rules: [{ name: 'office', direction: 'Inbound', addressPrefixes: ['198.51.100.32/28'] }] } }, ...spec });
}
