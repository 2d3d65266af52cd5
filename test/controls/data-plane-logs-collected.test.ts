import { dataPlaneLogsCollected } from '../../src/controls/data-plane-logs-collected.ts';
import { account, diagnosticSetting, workspaceId } from '../support/builders.ts';
import { specify } from '../support/specify.ts';

const sends = (...categories: string[]) => diagnosticSetting({ categories, categoryGroups: [] });
const group = (categoryGroup: string) => diagnosticSetting({ categories: [], categoryGroups: [categoryGroup] });
const mongo = account({ apis: ['mongodb'] });
const allowed = { allowedWorkspaces: [workspaceId] };

specify(dataPlaneLogsCollected, {
  passes: [
    { when: 'the request log goes to a workspace', given: { diagnosticSettings: [sends('dataplanerequests')] }, observing: { required: ['DataPlaneRequests'], missing: [], documented: '2026-07-14' } },
    { when: 'all logs do', given: { diagnosticSettings: [group('allLogs')] }, observing: { groups: ['allLogs'] } },
    { when: 'all audit logs do', given: { diagnosticSettings: [group('Audit')] } },
    { when: 'the log of its own API does, without the general one', given: { account: mongo, diagnosticSettings: [sends('MongoRequests')] } },
    { when: 'a Cassandra account sends its log', given: { account: account({ apis: ['cassandra'] }), diagnosticSettings: [sends('CassandraRequests')] } },
    { when: 'a Gremlin account sends its log', given: { account: account({ apis: ['gremlin'] }), diagnosticSettings: [sends('GremlinRequests')] } },
    { when: 'a Table account sends its log', given: { account: account({ apis: ['table'] }), diagnosticSettings: [sends('TableApiRequests')] } },
    {
      when: 'two settings send together what two APIs need',
      given: { account: account({ apis: ['mongodb', 'gremlin'] }), diagnosticSettings: [sends('MongoRequests'), sends('GremlinRequests')] },
    },
    { when: 'a category that nobody knows yet is sent besides', given: { diagnosticSettings: [sends('DataPlaneRequests', 'VectorRequests')] } },
    { when: 'the workspace is an allowed one', given: { diagnosticSettings: [diagnosticSetting({ workspaceId: workspaceId.toUpperCase() })] }, organisation: allowed },
    { when: 'what the organisation adds goes there too', given: { diagnosticSettings: [sends('DataPlaneRequests'), sends('QueryRuntimeStatistics')] }, parameters: { additionalCategories: ['QueryRuntimeStatistics'] } },
    { when: 'all logs hold what the organisation adds', given: { diagnosticSettings: [group('allLogs')] }, parameters: { additionalCategories: ['QueryRuntimeStatistics'] } },
  ],
  fails: [
    { when: 'there is no diagnostic setting', given: { diagnosticSettings: [] }, says: "No diagnostic setting sends the account's request logs to a Log Analytics workspace. Required (list of 2026-07-14): DataPlaneRequests." },
    { when: 'all logs go to storage only', given: { diagnosticSettings: [diagnosticSetting({ workspaceId: null })] }, says: 'No diagnostic setting' },
    { when: 'the setting sends nothing', given: { diagnosticSettings: [sends()] }, says: 'Log categories do not reach a workspace that counts: DataPlaneRequests.' },
    { when: 'only other logs are sent', given: { diagnosticSettings: [sends('QueryRuntimeStatistics', 'ControlPlaneRequests')] }, says: 'DataPlaneRequests', observing: { missing: ['DataPlaneRequests'] } },
    { when: 'a MongoDB account sends the general log only', given: { account: mongo, diagnosticSettings: [sends('DataPlaneRequests')] }, says: 'MongoRequests' },
    { when: 'one of two APIs is missing', given: { account: account({ apis: ['mongodb', 'gremlin'] }), diagnosticSettings: [sends('MongoRequests')] }, says: 'workspace that counts: GremlinRequests.' },
    {
      when: 'the workspace is not an allowed one',
      given: { diagnosticSettings: [diagnosticSetting({ workspaceId: `${workspaceId}-dev` })] },
      organisation: allowed,
      says: "The account's request logs go to no allowed workspace, only to security-dev.",
    },
    {
      when: 'the required log goes elsewhere and another one to the allowed workspace',
      given: { diagnosticSettings: [sends('ControlPlaneRequests'), diagnosticSetting({ workspaceId: `${workspaceId}-dev` })] },
      organisation: allowed,
      says: 'DataPlaneRequests',
    },
    { when: 'what the organisation adds may not be among the audit logs', given: { diagnosticSettings: [group('audit')] }, parameters: { additionalCategories: ['QueryRuntimeStatistics'] }, says: 'QueryRuntimeStatistics' },
  ],
});
