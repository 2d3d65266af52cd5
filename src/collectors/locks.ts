import { z } from 'zod';
import { known } from '../core/fact.ts';
import type { Lock } from '../core/lock.ts';
import type { Collector } from './collector.ts';
import { elements, open } from './schema.ts';

const suffix = /\/providers\/Microsoft\.Authorization\/locks\/[^/]+$/i;

const LockOnWire = z
  .object({ id: z.string().regex(suffix), name: z.string(), properties: z.object({ level: open(['CanNotDelete', 'ReadOnly']) }) })
  .transform(({ id, name, properties: { level } }): Lock => ({ name, scope: id.replace(suffix, ''), level }));

/**
 * The locks of a subscription, its resource groups and its resources, by subscription id. Locks exist nowhere above.
 * @see https://learn.microsoft.com/rest/api/resources/management-locks/list-at-subscription-level
 */
export const locks: Collector<string, Lock[]> = {
  name: 'locks',
  actions: ['Microsoft.Authorization/locks/read'],
  async read(arm, subscriptionId) {
    const listed = await arm.list(`/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/locks`, '2020-05-01');
    return known(elements(LockOnWire, listed), listed.sources);
  },
};
