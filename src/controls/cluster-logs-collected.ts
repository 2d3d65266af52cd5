import { z } from 'zod';
import { control, fail, pass } from '../core/control.ts';
import { auditedGroups, clusterLogs, logCategoriesAsOf } from './data/log-categories.ts';
import { destinationsOf } from './log-destinations.ts';

export const clusterLogsCollected = control({
  id: 'cluster-logs-collected',
  scope: 'cluster',
  title: 'The log of requests to the cluster reaches a Log Analytics workspace that the organisation allows.',
  severity: 'medium',
  rationale:
    'Clusters hold the same data as accounts and are easily forgotten: what watches accounts does not see them. Without their logs nobody can tell who signed in and what was read.',
  remediation: {
    text: 'Add a diagnostic setting to the cluster that sends vCoreMongoRequests (MongoDB) or CassandraAudit (Cassandra) to the workspace. Turn on the audit log of a Cassandra cluster as well: without it the category is empty.',
    cli: "az monitor diagnostic-settings create --name requests --resource <cluster-id> --workspace <workspace-id> --logs '[{\"categoryGroup\":\"allLogs\",\"enabled\":true}]'",
    bicep: "resource requests 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {\n  name: 'requests'\n  scope: cluster\n  properties: {\n    workspaceId: workspace.id\n    logs: [\n      { categoryGroup: 'allLogs', enabled: true }\n    ]\n  }\n}",
  },
  references: [
    'https://learn.microsoft.com/azure/azure-monitor/reference/supported-logs/microsoft-documentdb-mongoclusters-logs',
    'https://learn.microsoft.com/azure/azure-monitor/reference/supported-logs/microsoft-documentdb-cassandraclusters-logs',
  ],
  requirements: ['SEC monitor-for-attacks'],
  parameters: z.object({
    additionalCategories: z.array(z.string().min(1)).default([]).describe('Log categories that must reach a workspace besides the one of the kind of cluster.'),
  }),
  needs: ['cluster', 'diagnosticSettings'],
  evaluate({ cluster, diagnosticSettings }, { parameters: { additionalCategories }, organisation }) {
    const categories = [clusterLogs[cluster.kind], ...additionalCategories];
    const groups = additionalCategories.length === 0 ? auditedGroups : ['allLogs'];
    const { problem, ...found } = destinationsOf(diagnosticSettings, { what: "the cluster's logs", categories, groups }, organisation);
    const audit = cluster.kind === 'cassandra' ? { auditLogging: cluster.auditLogging } : {};
    const observed = { kind: cluster.kind, required: categories, documented: logCategoriesAsOf, ...audit, ...found };
    if (problem !== null) return fail(`${problem} Required (list of ${logCategoriesAsOf}): ${categories.join(', ')}.`, observed);
    if (cluster.kind === 'mongo' || cluster.auditLogging === true) return pass(observed);
    if (cluster.auditLogging === null) throw new Error('Azure left out cassandraAuditLoggingEnabled, which tells whether there is an audit log to send.');
    return fail('The audit log is sent to a workspace, and the cluster writes none: cassandraAuditLoggingEnabled is false.', observed);
  },
});
