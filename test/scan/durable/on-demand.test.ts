import { describe, expect, test } from 'vitest';
import { guid } from '../../../src/sandbox/estate/ids.ts';
import { memoriesIn } from '../../../src/state/memories.ts';
import type { ScanRequest } from '../../../src/scan/durable/request.ts';
import type { Connection } from '../../support/connection.ts';
import { distributed, orders, processesOn, rowsOf, sandboxOf, scanInput, scanRow, smallEstate, stock, type Row } from '../../support/distributed.ts';
import { memoryStore, type MemoryStore } from '../../support/memory-store.ts';

const ofAccount: ScanRequest = { kind: 'account', id: orders.id };

async function requested(to: Connection, store: MemoryStore, request: ScanRequest, differences: Parameters<typeof processesOn>[3] = {}) {
  return distributed(processesOn(to, store, 2, differences), scanInput({ request, message: 'message-1' }));
}

const resourcesIn = (to: Connection, scanId: unknown): readonly unknown[] => [...new Set((to.sandbox.ingested.get('CosmosComplianceAssessments_CL') ?? []).filter(row => row['ScanId'] === scanId).map(row => row['ResourceName']))].toSorted();

describe('a scan of one account', () => {
  test('judges that account, the perimeters it meets and nothing else', async () => {
    const to = await sandboxOf();
    const { line } = await requested(to, memoryStore(), ofAccount);
    expect(line).toMatchObject({ scope: 'accounts', complete: true, expected: 1, scanned: 1, accounts: 1, problem: null });
    expect(resourcesIn(to, line['scanId'])).toEqual(['core', 'orders', 'tenant']);
    expect(scanRow(to, line['scanId'])).toMatchObject({ Scope: 'accounts', Complete: true, Accounts: 1 });
    expect(to.sandbox.requests().latest.map(({ path }) => path).filter(path => path.includes(stock.id) || path.includes(guid('beta')))).toEqual([]);
  });

  test('says of it what a scan of everything says', async () => {
    const to = await sandboxOf();
    const whole = await distributed(processesOn(to, memoryStore(), 2));
    const { line } = await requested(to, memoryStore(), ofAccount);
    const findings = (scanId: unknown): readonly unknown[] =>
      (rowsOf(to, String(scanId))['CosmosComplianceFindings_CL'] ?? []).map(row => JSON.parse(row) as Row).filter(row => row['ResourceId'] === orders.id.toLowerCase()).map(({ Status, ControlId, Message }) => [ControlId, Status, Message]);
    expect(findings(line['scanId']).length).toBeGreaterThan(40);
    expect(findings(line['scanId'])).toEqual(findings(whole.line['scanId']));
  });

  test('leaves what is known of others as it is: the next scan of everything reports nothing new', async () => {
    const to = await sandboxOf();
    const store = memoryStore();
    await distributed(processesOn(to, store, 2));
    const others = [...store.files].filter(([name]) => name.startsWith('memory/') && !name.includes(guid('alpha')) && !name.includes('tenant'));
    const { line } = await requested(to, store, ofAccount);
    expect(scanRow(to, line['scanId'])).toMatchObject({ FindingRows: 0, Emission: 'transitions' });
    for (const [name, { tag }] of others) expect(store.files.get(name)?.tag, name).toBe(tag);
    const memory = await memoriesIn(store).load(guid('alpha'));
    expect(typeof memory === 'object' && [...memory.memory.resources.keys()]).toEqual(expect.arrayContaining([orders.id.toLowerCase(), stock.id.toLowerCase()]));
    const next = await distributed(processesOn(to, store, 2));
    expect(scanRow(to, next.line['scanId'])).toMatchObject({ FindingRows: 0, Emission: 'transitions' });
  });

  test('before the first scan of everything does not make that one the second', async () => {
    const to = await sandboxOf();
    const store = memoryStore();
    const { line } = await requested(to, store, ofAccount);
    const causes = (scanId: unknown): ReadonlySet<unknown> => new Set(to.sandbox.ingested.get('CosmosComplianceFindings_CL')?.filter(row => row['ScanId'] === scanId && row['Change'] === 'new').map(row => row['Cause']));
    expect(causes(line['scanId'])).toEqual(new Set(['firstScan']));
    const whole = await distributed(processesOn(to, store, 2));
    expect(causes(whole.line['scanId'])).toEqual(new Set(['firstScan']));
    expect(await memoriesIn(store).isEstablished()).toBe(true);
  });

  test('that is not there is incomplete and says so', async () => {
    const to = await sandboxOf();
    const { line } = await requested(to, memoryStore(), { kind: 'account', id: `${orders.id}-2` });
    expect(line).toMatchObject({ complete: false, accounts: 0 });
    expect(scanRow(to, line['scanId'])).toMatchObject({ Reason: expect.stringContaining(`There is no account ${orders.id.toLowerCase()}-2.`) });
  });

  test('at the same time as a scan of everything: both are complete', async () => {
    const to = await sandboxOf();
    const store = memoryStore();
    const [whole, one] = await Promise.all([distributed(processesOn(to, store, 2)), requested(to, store, ofAccount)]);
    expect([whole.line, one.line]).toMatchObject([{ complete: true, accounts: 3 }, { complete: true, accounts: 1 }]);
  });
});

describe('a scan of one subscription', () => {
  test('judges what is in it', async () => {
    const to = await sandboxOf();
    const { line } = await requested(to, memoryStore(), { kind: 'subscription', id: guid('beta') });
    expect(line).toMatchObject({ scope: 'subscriptions', complete: true, expected: 1, accounts: 1 });
    expect(resourcesIn(to, line['scanId'])).toEqual(expect.arrayContaining(['basket', 'edge']));
  });
});

describe('outside what the app is set up to scan', () => {
  const managementGroups = [{ name: 'teams', displayName: 'Teams', parent: null, subscriptions: [guid('beta')] }];

  test.each<[string, ScanRequest]>([['an account', ofAccount], ['a subscription', { kind: 'subscription', id: guid('alpha') }]])('%s that is not below the management group is not read, and the scan says so', async (_, request) => {
    const to = await sandboxOf({ estate: { ...smallEstate, managementGroups } });
    const { line } = await requested(to, memoryStore(), request, { settings: { scope: { include: [], exclude: [], managementGroup: 'teams' } } });
    expect(line).toMatchObject({ complete: false, expected: 0, accounts: 0 });
    expect(scanRow(to, line['scanId'])).toMatchObject({ Reason: expect.stringContaining(`Subscription ${guid('alpha')} is not below management group teams.`) });
  });

  test('a request that got past the queue all the same is closed as refused', async () => {
    const to = await sandboxOf();
    const { line } = await requested(to, memoryStore(), ofAccount, { settings: { scope: { include: [guid('beta')], exclude: [], managementGroup: null } } });
    expect(line).toMatchObject({ complete: false, problem: expect.stringContaining('is not in SCAN_SUBSCRIPTIONS') });
  });
});
