import { afterEach, describe, expect, test } from 'vitest';
import { clusterControls } from '../../src/controls/index.ts';
import { cassandraCluster, mongoCluster } from '../../src/sandbox/estate/clusters.ts';
import type { Resource } from '../../src/sandbox/estate/estate.ts';
import { guid } from '../../src/sandbox/estate/ids.ts';
import { diagnosticSetting } from '../../src/sandbox/estate/logs.ts';
import type { Fault, Intercepted, SandboxOptions } from '../../src/sandbox/index.ts';
import { assessClusters } from '../../src/scan/assess-clusters.ts';
import { standardBaseline } from '../../src/scan/baseline.ts';
import type { Unknown } from '../../src/core/fact.ts';
import type { ScanGap } from '../../src/core/scan.ts';
import { gapOf } from '../../src/scan/gaps.ts';
import { knowledge } from '../../src/scan/knowledge.ts';
import { plan } from '../../src/scan/plan.ts';
import { organisation, workspaceId } from '../support/builders.ts';
import { connected, estateOf, named, type Connection } from '../support/connection.ts';
import { groupIn } from '../support/estates.ts';

const alpha = guid('alpha');
const open = { properties: { publicNetworkAccess: 'Enabled' }, rules: { all: ['0.0.0.0', '255.255.255.255'] } } as const;
const [catalog, ...catalogRules] = mongoCluster(groupIn('alpha'), 'catalog', open);
const [orders] = mongoCluster(groupIn('alpha'), 'orders');
const events = cassandraCluster(groupIn('alpha'), 'events');
const clusters = [catalog, ...catalogRules, orders, events].filter(resource => resource !== undefined);
const logs = diagnosticSetting(events.id, { name: 'logs', workspaceId, categories: ['CassandraAudit'] });
const estate = estateOf([named('alpha'), named('empty')], [...clusters, logs]);

let azure: Connection | null = null;
afterEach(async () => {
  await azure?.stop();
  azure = null;
});

async function assessed(options: Partial<SandboxOptions> = {}, { name = 'alpha', hasAccounts = false, remembered = [] as readonly string[] } = {}) {
  azure = await connected({ estate, ...options });
  const signal = new AbortController().signal;
  const arm = azure.arm(signal);
  const about = knowledge(arm, await plan(arm, { include: [], exclude: [], managementGroup: null }));
  const judge = { now: new Date('2026-11-20T06:00:00Z'), organisation: organisation(), settings: standardBaseline.settings };
  const gaps: ScanGap[] = [];
  const unlisted: string[] = [];
  const notes = { gap: (gap: Unknown) => void gaps.push(gapOf(gap)), unlisted: (type: string) => void unlisted.push(type), perimeter: () => {} };
  const services = { arm, knowledge: about, judge, signal, clock: () => new Date(), inDepth: <T>(work: () => Promise<T>) => work(), notes, remembered: new Set(remembered) };
  const assessments = await assessClusters(guid(name), hasAccounts, services);
  await about.inventory;
  const below = `/subscriptions/${guid(name)}/`;
  const paths = azure.sandbox.requests().latest.map(({ path }) => path.toLowerCase()).filter(path => path.startsWith(below)).map(path => path.slice(below.length));
  return { assessments, paths, gaps, unlisted };
}

const verdict = (assessments: Awaited<ReturnType<typeof assessed>>['assessments'], cluster: string, control: string) =>
  assessments.find(({ name }) => name === cluster)?.findings.find(({ controlId }) => controlId === control);

describe('clusters', () => {
  test('of both kinds are assessed, each by every control', async () => {
    const { assessments, gaps } = await assessed();
    expect(assessments.map(({ name, resourceType, location, subscriptionId, exposure, tags }) => ({ name, resourceType, location, subscriptionId, exposure, tags }))).toEqual([
      { name: 'catalog', resourceType: 'Microsoft.DocumentDB/mongoClusters', location: 'westeurope', subscriptionId: alpha, exposure: null, tags: {} },
      { name: 'orders', resourceType: 'Microsoft.DocumentDB/mongoClusters', location: 'westeurope', subscriptionId: alpha, exposure: null, tags: {} },
      { name: 'events', resourceType: 'Microsoft.DocumentDB/cassandraClusters', location: 'West Europe', subscriptionId: alpha, exposure: null, tags: {} },
    ]);
    for (const { findings } of assessments) expect(findings.map(({ controlId }) => controlId)).toEqual(clusterControls.map(({ id }) => id));
    expect(gaps).toEqual([]);
  });

  test('are judged by what Azure says of them', async () => {
    const { assessments } = await assessed();
    expect(verdict(assessments, 'catalog', 'mongo-cluster-network-restricted')).toMatchObject({ status: 'fail', message: expect.stringContaining('whole Internet') });
    expect(verdict(assessments, 'orders', 'mongo-cluster-network-restricted')).toMatchObject({ status: 'pass' });
    expect(verdict(assessments, 'events', 'mongo-cluster-network-restricted')).toMatchObject({ status: 'notApplicable' });
    expect(verdict(assessments, 'events', 'cluster-logs-collected')).toMatchObject({ status: 'pass' });
    expect(verdict(assessments, 'orders', 'cluster-logs-collected')).toMatchObject({ status: 'fail' });
  });

  test('cost a request for their logs, and one for firewall rules that are in force', async () => {
    const { paths } = await assessed();
    expect(paths.filter(path => path.endsWith('/diagnosticsettings'))).toHaveLength(3);
    expect(paths.filter(path => path.endsWith('/firewallrules'))).toEqual([`${catalog?.id}/firewallRules`.toLowerCase().slice(`/subscriptions/${alpha}/`.length)]);
  });

  test('that cannot be understood are assessed as unknown, not left out', async () => {
    const broken: Resource = { ...orders, properties: { publicNetworkAccess: true } } as Resource;
    const { assessments } = await assessed({ estate: estateOf([named('alpha')], [broken, events]) });
    expect(assessments.map(({ name }) => name)).toEqual(['orders', 'events']);
    expect(assessments[0]).toMatchObject({ location: null, score: { floor: 0 } });
    expect(assessments[0]).not.toHaveProperty('tags');
    expect(assessments[0]?.findings.filter(({ status }) => status !== 'unknown' && status !== 'fail')).toEqual([]);
  });

  test('whose rules may not be read have an unknown network', async () => {
    const { assessments } = await assessed({ faults: { deniedPaths: [`${catalog?.id}/firewallRules`] } });
    expect(verdict(assessments, 'catalog', 'mongo-cluster-network-restricted')).toMatchObject({ status: 'unknown', gaps: [{ reason: 'denied', permission: 'Microsoft.DocumentDB/mongoClusters/firewallRules/read' }] });
  });
});

describe('a subscription', () => {
  const lists = ['providers/microsoft.documentdb/cassandraclusters', 'providers/microsoft.documentdb/mongoclusters'];
  const onPath = (pattern: RegExp, fault: Fault) => ({ faults: { intercept: ({ path }: Intercepted): Fault | null => (pattern.test(path) ? fault : null) } });
  const denied: Fault = { status: 403, code: 'AuthorizationFailed' };
  const unsupported: Fault = { status: 404, code: 'InvalidResourceType' };

  test('without accounts and clusters is not asked at all', async () => {
    expect(await assessed({}, { name: 'empty' })).toEqual({ assessments: [], paths: [], gaps: [], unlisted: [] });
  });

  test('with accounts is asked, because Resource Graph proves no absence', async () => {
    const { assessments, paths } = await assessed({ estate: { ...estate, unindexed: clusters.map(({ id }) => id) } }, { hasAccounts: true });
    expect(paths.filter(path => lists.includes(path)).toSorted()).toEqual(lists);
    expect(assessments).toHaveLength(3);
  });

  test('is asked in every case where Resource Graph fails', async () => {
    const { paths, gaps } = await assessed(onPath(/resourcegraph/i, denied), { name: 'empty' });
    expect(paths.toSorted()).toEqual(lists);
    expect(gaps).toEqual([]);
  });

  test('whose clusters may not be listed is a gap of the scan; the other kind is assessed', async () => {
    const { assessments, gaps } = await assessed(onPath(/mongoclusters$/i, denied));
    expect(assessments.map(({ name }) => name)).toEqual(['events']);
    expect(gaps).toMatchObject([{ reason: 'denied', detail: expect.stringMatching(/^Cannot read MongoDB clusters of /), permission: 'Microsoft.DocumentDB/mongoClusters/read' }]);
  });

  test('of a cloud without the resource type lacks nothing', async () => {
    const { assessments, gaps } = await assessed(onPath(/(mongo|cassandra)clusters$/i, unsupported), { name: 'empty', hasAccounts: true });
    expect({ assessments, gaps }).toEqual({ assessments: [], gaps: [] });
  });

  test('in which Resource Graph names clusters does, and so does one of which it cannot tell', async () => {
    expect((await assessed(onPath(/cassandraclusters$/i, unsupported))).gaps).toMatchObject([{ reason: 'unsupported' }]);
    await azure?.stop();
    expect((await assessed(onPath(/resourcegraph|mongoclusters$/i, unsupported), { name: 'empty' })).gaps).toMatchObject([{ reason: 'unsupported' }]);
  });
});
