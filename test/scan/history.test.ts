import { describe, expect, test } from 'vitest';
import { version } from '../../src/azure/user-agent.ts';
import { effectiveBaseline, type Baseline } from '../../src/baseline/effective.ts';
import { baselineFrom } from '../../src/baseline/parse.ts';
import { allControls } from '../../src/controls/index.ts';
import type { Comparison } from '../../src/core/transition.ts';
import { mongoCluster } from '../../src/sandbox/estate/clusters.ts';
import type { Estate, Faults, Resource, SandboxOptions } from '../../src/sandbox/index.ts';
import { guid } from '../../src/sandbox/estate/ids.ts';
import { standardBaseline } from '../../src/scan/baseline.ts';
import { openHistory } from '../../src/scan/history.ts';
import type { ScanScope } from '../../src/scan/plan.ts';
import { runScan } from '../../src/scan/run.ts';
import type { Sink } from '../../src/sinks/sink.ts';
import type { Store } from '../../src/state/store.ts';
import { connected, estateOf, named } from '../support/connection.ts';
import { accountIn, groupIn, perimeterIn } from '../support/estates.ts';
import { memoryStore } from '../support/memory-store.ts';

const closed = { properties: { publicNetworkAccess: 'Disabled' } };
const open = { properties: { publicNetworkAccess: 'Enabled' } };
const orders = accountIn('alpha', 'orders', closed);
const basket = accountIn('beta', 'basket', closed);
const core = perimeterIn('hub', 'core');
const subscriptions = [named('alpha'), named('beta'), named('hub')];
const before = [...orders.resources, ...basket.resources, ...core.resources];
const estate = (resources: readonly Resource[], differences: Partial<Estate> = {}): Estate => estateOf(subscriptions, resources, differences);
const opened = [...accountIn('alpha', 'orders', open).resources, ...basket.resources, ...core.resources];

interface Given {
  readonly estate?: Estate;
  readonly options?: Partial<SandboxOptions>;
  readonly baseline?: Baseline;
  readonly scope?: Partial<ScanScope>;
  /** Hours after the first scan. */
  readonly hours: number;
  readonly fullEmissionHours?: number;
  readonly sink?: Sink;
}

/** Scans one after the other over one store. Each tells what it wrote. */
function series(store: Store = memoryStore()) {
  return async ({ estate: azure = estate(before), options = {}, baseline = standardBaseline, scope = {}, hours, fullEmissionHours = 24, sink }: Given) => {
    const connection = await connected({ estate: azure, ...options });
    const comparisons: Comparison[] = [];
    const keep = async (comparison: Comparison): Promise<void> => void comparisons.push(comparison);
    const witness: Sink = { subscription: (_scan, _result, comparison) => keep(comparison), close: (_summary, others) => keep(others) };
    try {
      const { history, warnings } = await openHistory(store, baseline, version, fullEmissionHours);
      const signal = new AbortController().signal;
      const { summary } = await runScan({
        arm: connection.arm(signal),
        scope: { include: [], exclude: [], managementGroup: null, ...scope },
        baseline,
        warnings,
        concurrency: 8,
        signal,
        sinks: [witness, ...(sink ? [sink] : [])],
        history,
        clock: () => new Date(Date.UTC(2026, 10, 20, 6) + hours * 3_600_000),
      });
      const findings = comparisons.flatMap(({ assessments }) => assessments.flatMap(each => each.findings.map(one => ({ ...one, of: each.assessment.name }))));
      return {
        summary,
        comparisons,
        emissions: new Set(comparisons.map(({ emission }) => emission)),
        transitions: new Set(findings.map(({ transition }) => transition)),
        causes: new Set(findings.filter(({ transition }) => transition !== 'unchanged').map(({ cause }) => cause)),
        finding: (of: string, controlId: string) => findings.find(one => one.of === of && one.finding.controlId === controlId),
        assessment: (of: string) => comparisons.flatMap(({ assessments }) => assessments).find(({ assessment }) => assessment.name === of),
        gone: comparisons.flatMap(({ gone }) => gone).filter(({ isGone }) => isGone).map(({ resource }) => resource.name),
      };
    } finally {
      await connection.stop();
    }
  };
}

describe('a scan and the one before', () => {
  test('the first finds everything new and says that it is the first; the second finds nothing new', async () => {
    const scan = series();
    const first = await scan({ hours: 0 });
    expect([first.transitions, first.causes, first.emissions]).toEqual([new Set(['new']), new Set(['firstScan']), new Set(['full'])]);
    expect(first.summary.findingRows).toBe(first.summary.findings);
    const second = await scan({ hours: 1 });
    expect([second.transitions, second.emissions]).toEqual([new Set(['unchanged']), new Set(['transitions'])]);
    expect(second.summary).toMatchObject({ findings: first.summary.findings, findingRows: 0, complete: true });
  });

  test.each([
    { after: 23, hours: 24, emission: 'transitions' },
    { after: 23.9, hours: 24, emission: 'full', because: 'a schedule is never quite on time' },
    { after: 24, hours: 24, emission: 'full' },
    { after: 1, hours: 0, emission: 'full' },
    { after: 5, hours: 6, emission: 'transitions' },
    { after: 6, hours: 6, emission: 'full' },
  ])('$after hours later, with a full emission every $hours hours: $emission', async ({ after, hours, emission }) => {
    const scan = series();
    await scan({ hours: 0 });
    const later = await scan({ hours: after, fullEmissionHours: hours });
    expect(later.emissions).toEqual(new Set([emission]));
    expect(later.summary.findingRows).toBe(emission === 'full' ? later.summary.findings : 0);
  });

  test('an account that opens has regressed, and says what its reach was', async () => {
    const scan = series();
    await scan({ hours: 0 });
    const later = await scan({ estate: estate(opened), hours: 1 });
    expect(later.finding('orders', 'exposure-not-public')).toMatchObject({ transition: 'regressed', cause: 'resource', previousStatus: 'pass', since: new Date('2026-11-20T07:00:00Z') });
    expect(later.assessment('orders')).toMatchObject({ transition: 'changed', previousReach: 'closed', assessment: { exposure: { reach: 'internet' } } });
    expect(later.assessment('basket')).toMatchObject({ transition: 'unchanged' });
    const fixed = await scan({ hours: 2 });
    expect(fixed.finding('orders', 'exposure-not-public')).toMatchObject({ transition: 'fixed', previousStatus: 'fail', failingSince: null });
  });

  test('an account that opens while nobody can look has regressed when somebody can', async () => {
    const scan = series();
    await scan({ hours: 0 });
    const denied = { faults: { deniedSubscriptions: [guid('alpha')] } };
    const blind = await scan({ estate: estate(opened), options: denied, hours: 1 });
    expect(blind.assessment('orders')).toBeUndefined();
    expect(blind.gone).toEqual([]);
    const later = await scan({ estate: estate(opened), hours: 2 });
    expect(later.finding('orders', 'exposure-not-public')).toMatchObject({ transition: 'regressed', cause: 'resource' });
  });

  test('a subscription that was denied at the time of the full emission has its own as soon as it is read', async () => {
    const scan = series();
    await scan({ hours: 0 });
    await scan({ hours: 24, options: { faults: { deniedSubscriptions: [guid('alpha')] } } });
    const later = await scan({ hours: 25 });
    const emissionOf = (account: string) => later.comparisons.find(({ assessments }) => assessments.some(({ assessment }) => assessment.name === account))?.emission;
    expect([emissionOf('orders'), emissionOf('basket')]).toEqual(['full', 'transitions']);
  });

  test('a cluster that could not be listed at the time of the full emission has its rows as soon as it is, and brings nothing about', async () => {
    const scan = series();
    const [cluster] = mongoCluster(groupIn('alpha'), 'catalog');
    const azure = estate([...before, ...(cluster ? [cluster] : [])]);
    await scan({ estate: azure, hours: 0 });
    const unlisted: Faults['transform'] = ({ path }, answer) => (/\/mongoClusters$/i.test(path) ? { status: 500, headers: {}, body: Buffer.from('{}') } : answer);
    const blind = await scan({ estate: azure, hours: 24, options: { faults: { transform: unlisted } } });
    expect([blind.emissions, blind.assessment('catalog'), blind.gone]).toEqual([new Set(['partial', 'full']), undefined, []]);
    const later = await scan({ estate: azure, hours: 25 });
    const rowsOf = (name: string): readonly string[] => later.assessment(name)?.findings.flatMap(({ transition }) => (transition === 'unchanged' ? [] : transition)) ?? [];
    expect(later.assessment('catalog')?.findings.length).toBeGreaterThan(3);
    expect(rowsOf('catalog')).toEqual(later.assessment('catalog')?.findings.map(() => 'changed'));
    expect(rowsOf('orders')).toEqual([]);
    expect((await scan({ estate: azure, hours: 26 })).transitions).toEqual(new Set(['unchanged']));
  });
});

describe('gone', () => {
  test('is an account that its subscription does not list any more, and the subscription when it has no accounts', async () => {
    const scan = series();
    await scan({ hours: 0 });
    const later = await scan({ estate: estate([...basket.resources, ...core.resources]), hours: 1 });
    expect(later.gone.toSorted()).toEqual(['alpha', 'orders']);
    expect((await scan({ estate: estate([...basket.resources, ...core.resources]), hours: 2 })).gone).toEqual([]);
    const back = await scan({ hours: 3 });
    expect(back.finding('orders', 'exposure-not-public')).toMatchObject({ transition: 'new', cause: 'resource', previousStatus: null });
  });

  test('is a perimeter that Azure answers 404 for', async () => {
    const scan = series();
    await scan({ hours: 0 });
    expect((await scan({ estate: estate([...orders.resources, ...basket.resources]), hours: 1 })).gone).toEqual(['core']);
  });

  test('is not a perimeter that Resource Graph leaves out: it is asked for, and judged', async () => {
    const scan = series();
    await scan({ hours: 0 });
    const later = await scan({ estate: estate(before, { unindexed: [core.id] }), hours: 1 });
    expect(later.gone).toEqual([]);
    expect(later.assessment('core')?.transition).toBe('unchanged');
  });

  test('is nothing where the scan was narrowed to something else', async () => {
    const scan = series();
    await scan({ hours: 0 });
    const narrowed = await scan({ scope: { include: [guid('beta')] }, hours: 1 });
    expect(narrowed.gone).toEqual([]);
    expect(narrowed.summary.scope).toBe('subscriptions');
    expect((await scan({ hours: 2 })).transitions).toEqual(new Set(['unchanged']));
  });
});

describe('a scan of one account', () => {
  const [ordersId] = orders.resources.map(({ id }) => id);

  test('touches that account only, in Azure and in what is remembered', async () => {
    const scan = series();
    await scan({ hours: 0 });
    const narrowed = await scan({ estate: estate(opened), scope: { accounts: [ordersId ?? ''] }, hours: 1 });
    expect(narrowed.comparisons.flatMap(({ assessments }) => assessments).filter(({ assessment }) => /databaseAccounts$/i.test(assessment.resourceType)).map(({ assessment }) => assessment.name)).toEqual(['orders']);
    expect(narrowed.finding('orders', 'exposure-not-public')).toMatchObject({ transition: 'regressed' });
    expect(narrowed.gone).toEqual([]);
    expect(narrowed.summary).toMatchObject({ scope: 'accounts', complete: true, accounts: 1, subscriptions: { expected: 1, scanned: 1 } });
    expect((await scan({ estate: estate(opened), hours: 2 })).transitions).toEqual(new Set(['unchanged']));
  });

  test('is no full emission, however long ago the last one is: the other accounts have theirs with the next scan', async () => {
    const scan = series();
    await scan({ hours: 0 });
    const narrowed = await scan({ scope: { accounts: [ordersId ?? ''] }, hours: 30 });
    expect([narrowed.emissions, narrowed.summary.findingRows]).toEqual([new Set(['transitions']), 0]);
    expect((await scan({ hours: 31 })).emissions).toEqual(new Set(['full']));
  });

  test('that is not there says so, and is not complete', async () => {
    const scan = series();
    await scan({ hours: 0 });
    const narrowed = await scan({ scope: { accounts: [`${ordersId}-not`] }, hours: 1 });
    expect(narrowed.summary).toMatchObject({ complete: false, gaps: [{ reason: 'missing', detail: `There is no account ${ordersId}-not.`.toLowerCase().replace('there', 'There') }] });
  });
});

describe('what is no event', () => {
  test('is a baseline that asks for more: marked, and no regression', async () => {
    const scan = series();
    const lenient = effectiveBaseline(baselineFrom('name: contoso\ncontrols: { exposure-not-public: { severity: low } }', 'baseline.yaml', allControls), allControls);
    await scan({ hours: 0, baseline: lenient });
    const later = await scan({ hours: 1 });
    expect(later.transitions).toEqual(new Set(['unchanged', 'changed']));
    expect(later.finding('orders', 'exposure-not-public')).toMatchObject({ transition: 'changed', cause: 'baseline' });
  });

  test('is a state that cannot be read any more: the scan says so, and alarms nobody', async () => {
    const store = memoryStore();
    const scan = series(store);
    await scan({ hours: 0 });
    for (const name of store.files.keys()) if (name.includes(guid('alpha'))) await store.write(name, new TextEncoder().encode('?'), 'any');
    const later = await scan({ estate: estate(opened), hours: 1 });
    expect(later.finding('orders', 'exposure-not-public')).toMatchObject({ transition: 'new', cause: 'firstScan' });
    expect(later.summary.warnings.join()).toContain(`What was known of ${guid('alpha')} cannot be read any more`);
  });
});

describe('where something is in the way', () => {
  test('of the note that a scan has ended, the scan says so, and the next one is once more a first', async () => {
    const store = memoryStore();
    let isFull = true;
    const scan = series({ ...store, write: async (name, content, condition) => (isFull && name === 'state/established.json' ? Promise.reject(new Error('The container is full.')) : store.write(name, content, condition)) });
    const first = await scan({ hours: 0 });
    expect(first.summary).toMatchObject({ complete: true, warnings: [expect.stringMatching(/^That a scan has ended cannot be kept: The container is full\./)] });
    isFull = false;
    const second = await scan({ estate: estate([...before, ...accountIn('beta', 'fresh', closed).resources]), hours: 1 });
    expect([second.finding('fresh', 'exposure-not-public')?.cause, second.summary.warnings]).toEqual(['firstScan', []]);
  });

  test('of the state, the scan says everything that is there, and that it cannot tell what is different', async () => {
    const broken: Store = { ...memoryStore(), read: () => Promise.reject(new Error('The container is locked.')), write: () => Promise.reject(new Error('The container is locked.')) };
    const scanned = await series(broken)({ hours: 0 });
    expect(scanned.summary).toMatchObject({ complete: true, accounts: 2 });
    expect(scanned.summary.findingRows).toBe(scanned.summary.findings);
    expect(scanned.summary.warnings.join()).toContain('What earlier scans found is not known: The container is locked.');
  });

  test('of the rows, nothing is remembered: the next scan writes the change again', async () => {
    const scan = series();
    await scan({ hours: 0 });
    const full: Sink = { subscription: () => Promise.reject(new Error('The disk is full.')), close: async () => {} };
    const lost = await scan({ estate: estate(opened), hours: 1, sink: full });
    expect(lost.summary).toMatchObject({ complete: false, gaps: [{ reason: 'failed', detail: 'Cannot write results: The disk is full.' }] });
    const again = await scan({ estate: estate(opened), hours: 2 });
    expect(again.finding('orders', 'exposure-not-public')).toMatchObject({ transition: 'regressed', since: new Date('2026-11-20T08:00:00Z') });
  });
});

test('what is as it was is not written again, since every write has its price; what the baseline asks is', async () => {
  const store = memoryStore();
  const writes: string[] = [];
  const counting: Store = { ...store, write: (name, content, condition) => (writes.push(name), store.write(name, content, condition)) };
  const scan = series(counting);
  await scan({ hours: 0 });
  expect(writes.filter(name => name.startsWith('memory/')).length).toBeGreaterThan(2);
  writes.length = 0;
  await scan({ hours: 1 });
  expect(writes.filter(name => name.startsWith('memory/'))).toEqual([]);
  const strict = effectiveBaseline(baselineFrom('name: contoso\nprofile: strict', 'baseline.yaml', allControls), allControls);
  await scan({ hours: 2, baseline: strict });
  expect(writes.filter(name => name.startsWith('memory/')).length).toBeGreaterThan(2);
});
