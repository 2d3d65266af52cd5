import { z } from 'zod';
import { known } from '../core/fact.ts';
import type { Collector } from './collector.ts';
import { absent } from './schema.ts';

export interface Subscription {
  /** GUID, lower case. */
  readonly id: string;
  readonly name: string;
  /** Enabled, Warned, PastDue, Disabled, Deleted. */
  readonly state: string;
}

const SubscriptionOnWire = z
  .object({ subscriptionId: z.string(), displayName: absent(z.string(), ''), state: absent(z.string(), 'Enabled') })
  .transform(({ subscriptionId, displayName, state }): Subscription => ({ id: subscriptionId.toLowerCase(), name: displayName, state }));

/** Every subscription the identity has any role in: the denominator of a scan. */
export const subscriptions: Collector<'the tenant', Subscription[]> = {
  name: 'subscriptions',
  actions: ['Microsoft.Resources/subscriptions/read'],
  async read(arm) {
    const { value, sources } = await arm.list('/subscriptions', '2022-12-01');
    return known(z.array(SubscriptionOnWire).parse(value), sources);
  },
};

const Descendant = z.object({ name: z.string(), type: z.string(), properties: absent(z.object({ displayName: absent(z.string(), '') }), { displayName: '' }) });

/** The subscriptions below a management group, by the group's name, whether or not they can be read. */
export const managementGroupSubscriptions: Collector<string, Pick<Subscription, 'id' | 'name'>[]> = {
  name: 'subscriptions of management group',
  actions: ['Microsoft.Management/managementGroups/descendants/read'],
  async read(arm, group) {
    const { value, sources } = await arm.list(`/providers/Microsoft.Management/managementGroups/${encodeURIComponent(group)}/descendants`, '2021-04-01');
    const below = z.array(Descendant).parse(value).filter(({ type }) => /(^|\/)subscriptions$/i.test(type));
    return known(below.map(({ name, properties }) => ({ id: name.toLowerCase(), name: properties.displayName })), sources);
  },
};
