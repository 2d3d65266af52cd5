import { z } from 'zod';
import { control, fail, pass } from '../core/control.ts';
import { auditedGroups, controlPlaneLog } from './data/log-categories.ts';
import { destinationsOf } from './log-destinations.ts';

/** Two logs that complete each other: what was done to the account, and who asked Resource Manager for it. */
export const controlPlaneLogsCollected = control({
  id: 'control-plane-logs-collected',
  scope: 'account',
  title: 'Changes to the account are logged to a workspace: its own control plane log, and the activity log of its subscription.',
  severity: 'medium',
  rationale:
    "Whoever prepares a theft changes the account first: reads or regenerates a key, opens the firewall, assigns a role. The account's log tells what was done, the activity log who asked for it; the platform keeps the latter for 90 days and the former not at all.",
  remediation: {
    text: "Add a diagnostic setting for ControlPlaneRequests to the account, and one for the category Administrative to the subscription's activity log. Both go to the workspace the security team watches.",
    cli: "az monitor diagnostic-settings subscription create --name activity-log --location global --workspace <workspace-id> --logs '[{\"category\":\"Administrative\",\"enabled\":true}]'",
    bicep: "targetScope = 'subscription'\n\nresource activityLog 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {\n  name: 'activity-log'\n  properties: {\n    workspaceId: workspaceId\n    logs: [\n      { category: 'Administrative', enabled: true }\n    ]\n  }\n}",
  },
  references: ['https://learn.microsoft.com/azure/cosmos-db/audit-control-plane-logs', 'https://learn.microsoft.com/azure/azure-monitor/essentials/activity-log'],
  requirements: ['ASB IM-5', 'SEC monitor-for-attacks'],
  parameters: z.object({
    activityLogCategories: z.array(z.string().min(1)).min(1).default(['Administrative']).describe("Categories of the subscription's activity log that must reach a workspace."),
  }),
  needs: ['diagnosticSettings', 'activityLogSettings'],
  evaluate({ diagnosticSettings, activityLogSettings }, { parameters: { activityLogCategories }, organisation }) {
    const own = destinationsOf(diagnosticSettings, { what: "the account's control plane logs", categories: [controlPlaneLog], groups: auditedGroups }, organisation);
    const subscription = destinationsOf(activityLogSettings, { what: "the entries of the subscription's activity log", categories: activityLogCategories, groups: ['allLogs'] }, organisation);
    const seen = ({ workspaces, groups, missing }: typeof own) => ({ workspaces, groups, missing });
    const observed = { account: seen(own), activityLog: seen(subscription) };
    const problems = [own.problem, subscription.problem].filter(problem => problem !== null);
    return problems.length === 0 ? pass(observed) : fail(problems.join(' '), observed);
  },
});
