import { expect, test } from 'vitest';
import { clusterLogsCollected } from '../../src/controls/cluster-logs-collected.ts';
import { cassandraCluster, clusterFacts, diagnosticSetting, organisation, workspaceId } from '../support/builders.ts';
import { specify } from '../support/specify.ts';

const sends = (...categories: string[]) => [diagnosticSetting({ categories, categoryGroups: [] })];
const group = (categoryGroup: string) => [diagnosticSetting({ categories: [], categoryGroups: [categoryGroup] })];
const cassandra = cassandraCluster();

specify(clusterLogsCollected, {
  passes: [
    { when: 'a MongoDB cluster sends its requests', given: { diagnosticSettings: sends('vcoremongorequests') }, observing: { kind: 'mongo', required: ['vCoreMongoRequests'], missing: [], documented: '2026-07-14' } },
    { when: 'it sends all logs', given: { diagnosticSettings: group('allLogs') } },
    { when: 'it sends all audit logs', given: { diagnosticSettings: group('audit') } },
    { when: 'a Cassandra cluster sends its audit log', given: { cluster: cassandra, diagnosticSettings: sends('CassandraAudit') }, observing: { kind: 'cassandra', auditLogging: true } },
    { when: 'what the organisation adds is sent too', given: { cluster: cassandra, diagnosticSettings: sends('CassandraAudit', 'CassandraLogs') }, parameters: { additionalCategories: ['CassandraLogs'] } },
  ],
  fails: [
    { when: 'nothing is sent', given: { diagnosticSettings: [] }, says: "No diagnostic setting sends the cluster's logs to a Log Analytics workspace. Required (list of 2026-07-14): vCoreMongoRequests." },
    { when: 'a Cassandra cluster sends its system log only', given: { cluster: cassandra, diagnosticSettings: sends('CassandraLogs') }, says: 'CassandraAudit' },
    { when: 'a Cassandra cluster writes no audit log', given: { cluster: cassandraCluster({ auditLogging: false }), diagnosticSettings: group('allLogs') }, says: 'cassandraAuditLoggingEnabled is false' },
    { when: 'the workspace is not an allowed one', given: {}, organisation: { allowedWorkspaces: [`${workspaceId}-2`] }, says: 'only to security.' },
    { when: 'what the organisation adds may not be among the audit logs', given: { cluster: cassandra, diagnosticSettings: group('audit') }, parameters: { additionalCategories: ['CassandraLogs'] }, says: 'CassandraLogs' },
  ],
});

test('a Cassandra cluster that does not say whether it writes an audit log is not judged', () => {
  const facts = clusterFacts({ cluster: cassandraCluster({ auditLogging: null }) });
  expect(() => clusterLogsCollected.judge(facts, { now: new Date('2026-11-20'), parameters: {}, organisation: organisation() })).toThrow('Azure left out cassandraAuditLoggingEnabled');
});
