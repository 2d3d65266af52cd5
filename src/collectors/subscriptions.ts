import { z } from 'zod';
import { known } from '../core/fact.ts';
import type { Collector } from './collector.ts';
import { absent, elements } from './schema.ts';

export interface Subscription {
  /** GUID, lower case. */
  readonly id: string;
  readonly name: string;
  /** Enabled, Warned, PastDue, Disabled, Deleted. */
  readonly state: string;
  /** The tenant it belongs to, lower case; null where Azure does not say. */
  readonly tenantId: string | null;
}

const SubscriptionOnWire = z
  .object({ subscriptionId: z.string(), displayName: absent(z.string(), ''), state: absent(z.string(), 'Enabled'), tenantId: absent(z.string().toLowerCase(), null) })
  .transform(({ subscriptionId, displayName, state, tenantId }): Subscription => ({ id: subscriptionId.toLowerCase(), name: displayName, state, tenantId }));

/** Every subscription the identity has any role in: the denominator of a scan. */
export const subscriptions: Collector<'the tenant', Subscription[]> = {
  name: 'subscriptions',
  actions: ['Microsoft.Resources/subscriptions/read'],
  async read(arm) {
    const listed = await arm.list('/subscriptions', '2022-12-01');
    return known(elements(SubscriptionOnWire, listed), listed.sources);
  },
};

const Descendant = z.object({ name: z.string(), type: z.string(), properties: absent(z.object({ displayName: absent(z.string(), '') }), { displayName: '' }) });

/** The subscriptions below a management group, by the group's name, whether or not they can be read. */
export const managementGroupSubscriptions: Collector<string, Pick<Subscription, 'id' | 'name'>[]> = {
  name: 'descendants of management group',
  actions: ['Microsoft.Management/managementGroups/descendants/read'],
  async read(arm, group) {
    const listed = await arm.list(`/providers/Microsoft.Management/managementGroups/${encodeURIComponent(group)}/descendants`, '2021-04-01');
    const below = elements(Descendant, listed).filter(({ type }) => /(^|\/)subscriptions$/i.test(type));
    return known(below.map(({ name, properties }) => ({ id: name.toLowerCase(), name: properties.displayName })), listed.sources);
  },
};
