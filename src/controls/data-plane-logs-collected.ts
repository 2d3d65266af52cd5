import { z } from 'zod';
import { control, fail, pass } from '../core/control.ts';
import { auditedGroups, logCategoriesAsOf, requestLogs } from './data/log-categories.ts';
import { destinationsOf } from './log-destinations.ts';

/** A category that is newer than the list is not asked for: it is never a failure. */
export const dataPlaneLogsCollected = control({
  id: 'data-plane-logs-collected',
  scope: 'account',
  title: "The log of requests for the account's data reaches a Log Analytics workspace that the organisation allows.",
  severity: 'medium',
  rationale:
    'Without the log of requests nobody can tell, after a key leaked or an account was open for an hour, who read or changed which data. Azure keeps none of it unless a diagnostic setting says where to.',
  remediation: {
    text: "Add a diagnostic setting to the account that sends its API's request log, or the group allLogs, to the workspace. Choose resource-specific tables; they are cheaper to keep and to query.",
    cli: 'az monitor diagnostic-settings create --name requests --resource <account-id> --workspace <workspace-id> --export-to-resource-specific true --logs \'[{"category":"DataPlaneRequests","enabled":true},{"category":"ControlPlaneRequests","enabled":true}]\'',
    bicep: "resource requests 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {\n  name: 'requests'\n  scope: account\n  properties: {\n    workspaceId: workspace.id\n    logAnalyticsDestinationType: 'Dedicated'\n    logs: [\n      { category: 'DataPlaneRequests', enabled: true }\n      { category: 'ControlPlaneRequests', enabled: true }\n    ]\n  }\n}",
  },
  references: [
    'https://learn.microsoft.com/azure/cosmos-db/monitor-resource-logs',
    'https://learn.microsoft.com/azure/azure-monitor/reference/supported-logs/microsoft-documentdb-databaseaccounts-logs',
  ],
  requirements: ['SEC monitor-for-attacks'],
  parameters: z.object({
    additionalCategories: z.array(z.string().min(1)).default([]).describe("Log categories that must reach a workspace besides the ones of the account's APIs."),
  }),
  needs: ['account', 'diagnosticSettings'],
  evaluate({ account: { apis }, diagnosticSettings }, { parameters: { additionalCategories }, organisation }) {
    const categories = [...apis.map(api => requestLogs[api]), ...additionalCategories];
    // What the organisation adds may be no audit log: only allLogs holds it for sure.
    const groups = additionalCategories.length === 0 ? auditedGroups : ['allLogs'];
    const { problem, ...found } = destinationsOf(diagnosticSettings, { what: "the account's request logs", categories, groups }, organisation);
    const observed = { apis, required: categories, documented: logCategoriesAsOf, ...found };
    return problem === null ? pass(observed) : fail(`${problem} Required (list of ${logCategoriesAsOf}): ${categories.join(', ')}.`, observed);
  },
});
