import { z } from 'zod';
import type { ActivityLogAlert, AlertClause } from '../core/alert.ts';
import { known } from '../core/fact.ts';
import type { Collector } from './collector.ts';
import { absent, elements, list } from './schema.ts';

/** A clause has either `equals` or `containsAny`. */
const clause = { field: absent(z.string(), ''), equals: absent(z.string(), null), containsAny: list(z.string()) };
const Clause = z.object(clause).transform(clauseOf);

/** Several clauses of which one is enough, or one clause. */
const Condition = z.union([
  z.object({ anyOf: z.array(Clause).min(1) }).transform(({ anyOf }) => anyOf),
  z.object({ ...clause, anyOf: list(z.never()) }).transform(only => [clauseOf(only)]),
]);

function clauseOf({ field, equals, containsAny }: { readonly field: string; readonly equals: string | null; readonly containsAny: readonly string[] }): AlertClause {
  return { field, values: [...(equals === null ? [] : [equals]), ...containsAny] };
}

const AlertOnWire = z
  .object({
    name: z.string(),
    properties: z.object({
      // Absent: true, by the definition of the API.
      enabled: absent(z.boolean(), true),
      scopes: z.array(z.string()),
      condition: z.object({ allOf: z.array(Condition) }),
      actions: absent(z.object({ actionGroups: list(z.object({ actionGroupId: z.string() })) }), { actionGroups: [] }),
    }),
  })
  .transform(({ name, properties: { enabled, scopes, condition, actions } }): ActivityLogAlert => ({
    name,
    enabled,
    scopes,
    actionGroups: actions.actionGroups.map(({ actionGroupId }) => actionGroupId),
    conditions: condition.allOf,
  }));

/**
 * The rules of a subscription that watch the activity log, by subscription id.
 * @see https://learn.microsoft.com/rest/api/monitor/activity-log-alerts/list-by-subscription-id
 */
export const activityLogAlerts: Collector<string, ActivityLogAlert[]> = {
  name: 'activity log alerts',
  actions: ['Microsoft.Insights/activityLogAlerts/read'],
  async read(arm, subscriptionId) {
    const listed = await arm.list(`/subscriptions/${subscriptionId}/providers/Microsoft.Insights/activityLogAlerts`, '2020-10-01');
    return known(elements(AlertOnWire, listed), listed.sources);
  },
};
