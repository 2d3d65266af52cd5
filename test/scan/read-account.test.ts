import { afterEach, describe, expect, test } from 'vitest';
import type { Account } from '../../src/core/account.ts';
import { known, unknown } from '../../src/core/fact.ts';
import type { ReadAccountFacts } from '../../src/core/snapshot.ts';
import type { SandboxOptions } from '../../src/sandbox/index.ts';
import { dataContributor, dataPlaneAssignment, mongoUser } from '../../src/sandbox/estate/roles.ts';
import { knowledge } from '../../src/scan/knowledge.ts';
import { plan } from '../../src/scan/plan.ts';
import { readAccount } from '../../src/scan/read-account.ts';
import type { ScanServices } from '../../src/scan/services.ts';
import { account, organisation } from '../support/builders.ts';
import { connected, estateOf, named, type Connection } from '../support/connection.ts';
import { accountIn } from '../support/estates.ts';

const orders = accountIn('alpha', 'orders', { properties: { enableMaterializedViews: true } });
const basket = accountIn('alpha', 'basket');
const threads = accountIn('alpha', 'threads', { api: 'mongodb' });
const resources = [
  ...[orders, basket, threads].flatMap(each => each.resources),
  dataPlaneAssignment(orders.id, 'nosql', { principal: 'app', role: dataContributor }),
  dataPlaneAssignment(threads.id, 'mongodb', { principal: 'app', role: dataContributor, scope: '/dbs/threads' }),
  mongoUser(threads.id, 'threads', 'app', ['threads', 'readWrite']),
];
const estate = estateOf([named('alpha')], resources);

let azure: Connection | null = null;
afterEach(async () => {
  await azure?.stop();
  azure = null;
});

async function readAll(accounts: readonly Account[], options: Partial<SandboxOptions> = {}): Promise<{ readonly facts: readonly ReadAccountFacts[]; readonly requests: Readonly<Record<string, number>> }> {
  azure = await connected({ estate, ...options });
  const arm = azure.arm();
  const about = knowledge(arm, await plan(arm, { include: [], exclude: [], managementGroup: null }));
  const judge = { now: new Date('2026-11-20T06:00:00Z'), organisation: organisation(), settings: () => ({ enabled: true, severity: 'low' as const, parameters: {} }) };
  const services: ScanServices = { arm, knowledge: about, judge, signal: new AbortController().signal, clock: () => new Date(), inDepth: work => work() };
  const facts = await Promise.all(accounts.map(each => readAccount(known(each), services)));
  return { facts, requests: azure.sandbox.requests().byKind };
}

const bare = { virtualNetworkRules: [], privateEndpointConnections: [] };
const nosql = (of: { readonly id: string; readonly name: string }): Account => account({ ...bare, id: of.id, name: of.name });
const mongo = (capabilities: readonly string[] = []): Account => account({ ...bare, id: threads.id, name: 'threads', apis: ['mongodb'], capabilities });
const cosmos = (kind: string): string => `list Microsoft.DocumentDB/databaseAccounts${kind}`;
const authorization = (kind: string): string => `list Microsoft.Authorization/${kind}`;

describe('roles and previews', () => {
  test('cost one request for each account, and three for all of a subscription', async () => {
    const { requests } = await readAll([nosql(orders), nosql(basket), mongo()]);
    expect(requests).toMatchObject({ [cosmos('')]: 1, [cosmos('/sqlRoleAssignments')]: 2, [cosmos('/mongoMIRoleAssignments')]: 1, [authorization('roleAssignments')]: 1, [authorization('roleDefinitions')]: 1 });
    expect(Object.keys(requests).filter(kind => /RoleDefinitions|mongodbUserDefinitions/.test(kind) && !kind.includes('Authorization'))).toEqual([]);
  });

  test("are each account's own", async () => {
    const { facts } = await readAll([nosql(orders), nosql({ ...basket, id: basket.id.toUpperCase() })]);
    expect(facts.map(({ preview }) => preview)).toMatchObject([{ value: { materializedViews: true } }, { value: { materializedViews: false } }]);
    expect(facts.map(({ dataPlaneRoles }) => dataPlaneRoles)).toMatchObject([{ value: [{ api: 'nosql', accountWide: true, role: { kind: 'contributor' } }] }, { value: [] }]);
    expect(facts.map(({ controlPlaneRoles }) => controlPlaneRoles)).toMatchObject([{ value: [] }, { value: [] }]);
  });

  test('an account that previews do not list is unknown there', async () => {
    const { facts } = await readAll([nosql({ id: `${orders.id}-2`, name: 'orders-2' })]);
    expect(facts[0]?.preview).toMatchObject({ known: false, reason: 'missing', detail: 'The preview version of the list of accounts does not hold orders-2.' });
  });

  test('one that cannot be read leaves the others', async () => {
    const intercept = ({ path }: { readonly path: string }) => (/roleDefinitions$|\/databaseAccounts$/.test(path) ? { status: 403, code: 'AuthorizationFailed' } : null);
    const { facts } = await readAll([nosql(orders)], { faults: { intercept } });
    expect(facts[0]).toMatchObject({
      preview: { known: false, permission: 'Microsoft.DocumentDB/databaseAccounts/read' },
      controlPlaneRoles: { known: false, permission: 'Microsoft.Authorization/roleAssignments/read, Microsoft.Authorization/roleDefinitions/read' },
      dataPlaneRoles: { known: true },
      mongoUsers: known([]),
    });
  });

  test('all APIs of an account are asked, and one that fails leaves its roles unknown', async () => {
    const both = account({ ...bare, id: threads.id, name: 'threads', apis: ['mongodb', 'table'] });
    expect((await readAll([both])).facts[0]?.dataPlaneRoles).toMatchObject({ value: [{ api: 'mongodb', accountWide: false }] });
    await azure?.stop();
    const denied = await readAll([both], { faults: { deniedPaths: [`${threads.id}/tableRoleAssignments`] } });
    expect(denied.facts[0]?.dataPlaneRoles).toMatchObject({ known: false, reason: 'denied' });
  });

  test("users are asked for where MongoDB's access control is on", async () => {
    const { facts, requests } = await readAll([mongo(['EnableMongo', 'EnableMongoRoleBasedAccessControl']), mongo(['EnableMongo']), account({ ...bare, id: orders.id, capabilities: ['EnableMongoRoleBasedAccessControl'] })]);
    expect(facts.map(({ mongoUsers }) => mongoUsers)).toMatchObject([{ value: [{ name: 'app' }] }, { value: [] }, { value: [] }]);
    expect(requests[cosmos('/mongodbUserDefinitions')]).toBe(1);
  });
});

test('without the account nothing of it is asked for', async () => {
  azure = await connected({ estate });
  const arm = azure.arm();
  const about = knowledge(arm, await plan(arm, { include: [], exclude: [], managementGroup: null }));
  const denied = unknown('denied', 'Not allowed.');
  const judge = { now: new Date(), organisation: organisation(), settings: () => ({ enabled: true, severity: 'low' as const, parameters: {} }) };
  const facts = await readAccount(denied, { arm, knowledge: about, judge, signal: new AbortController().signal, clock: () => new Date(), inDepth: work => work() });
  expect(new Set(Object.values(facts))).toEqual(new Set([denied]));
  expect(Object.keys(azure.sandbox.requests().byKind).filter(kind => kind.includes('DocumentDB'))).toEqual([]);
});
