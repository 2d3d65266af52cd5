/** A rule that watches the activity log (`Microsoft.Insights/activityLogAlerts`). */
export interface ActivityLogAlert {
  readonly name: string;
  readonly enabled: boolean;
  /** Ids of subscriptions, resource groups or resources; events at or below any of them count. */
  readonly scopes: readonly string[];
  /** Ids of the action groups that tell people. */
  readonly actionGroups: readonly string[];
  /** An event sets the rule off when it meets all of them. */
  readonly conditions: readonly AlertCondition[];
}

/** An event meets a condition when one of these holds for it. */
export type AlertCondition = readonly AlertClause[];

/** The field of an event, for example `operationName`, has one of these values; compared without case. */
export interface AlertClause {
  readonly field: string;
  readonly values: readonly string[];
}
