import { z } from 'zod';
import type { Permission } from '../core/azure-actions.ts';
import { known } from '../core/fact.ts';
import type { Collector } from './collector.ts';
import { list } from './schema.ts';

const PermissionOnWire = z.object({ actions: list(z.string()), notActions: list(z.string()) });

/**
 * What the identity itself may do in a subscription, by subscription id. Everybody with any role there may ask.
 * @see https://learn.microsoft.com/rest/api/authorization/permissions/list-for-resource-group
 */
export const permissions: Collector<string, Permission[]> = {
  name: 'own permissions',
  actions: ['Microsoft.Authorization/permissions/read'],
  async read(arm, subscriptionId) {
    const { value, sources } = await arm.list(`/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/permissions`, '2022-04-01');
    return known(z.array(PermissionOnWire).parse(value), sources);
  },
};
