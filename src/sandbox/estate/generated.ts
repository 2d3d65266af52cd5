import { ipRules } from './account-properties.ts';
import { account, type AccountBundle, type AccountSpec } from './accounts.ts';
import type { Estate, Resource } from './estate.ts';
import { flowLog, networkWatcher, securityGroup } from './guards.ts';
import { group, guid, resourceId, type Group } from './ids.ts';
import { diagnosticSetting, perimeterCategories } from './logs.ts';
import { defenderPlans } from './monitoring.ts';
import { subnetId, virtualNetwork } from './networks.ts';
import { associate, perimeter, type Perimeter } from './perimeters.ts';
import { privateDnsZone, privateEndpoint, recordsFor, zoneId, type RecordSpec } from './private-access.ts';
import { subscription } from './subscriptions.ts';

export interface GeneratedSize {
  readonly subscriptions: number;
  readonly accountsPerSubscription: number;
  /** Default: none. Every third account is then associated with one of its subscription. */
  readonly perimetersPerSubscription?: number;
}

/** Accounts take turns. */
const variants: readonly AccountSpec[] = [
  { endpoints: [{ name: 'pe', status: 'Approved' }] },
  { properties: { publicNetworkAccess: 'Enabled', ...ipRules('198.51.100.32/28') } },
  { properties: { publicNetworkAccess: 'SecuredByPerimeter' } },
  { properties: { publicNetworkAccess: 'Enabled' } },
  { api: 'mongodb' },
  { properties: { publicNetworkAccess: 'Enabled', ...ipRules('0.0.0.0') } },
  {},
];

/** An estate of any size, the same in every run. */
export function generatedEstate({ subscriptions: count, accountsPerSubscription, perimetersPerSubscription = 0 }: GeneratedSize): Estate {
  const tenantId = guid('generated/tenant');
  const ids = Array.from({ length: count }, (_, number) => guid(`generated/${number}`));
  return {
    tenantId,
    subscriptions: ids.map((id, number) => subscription(tenantId, id, `generated-${number}`)),
    hidden: [],
    managementGroups: [{ name: 'generated', displayName: 'Generated', parent: null, subscriptions: ids }],
    resources: ids.flatMap((id, number) => resourcesOf(group(id, 'rg-generated'), number, accountsPerSubscription, perimetersPerSubscription)),
    faults: {},
    unindexed: [],
    pageSizes: {},
  };
}

function resourcesOf(own: Group, number: number, accounts: number, perimeters: number): Resource[] {
  const all = Array.from({ length: perimeters }, (_, position) => perimeterOf(own, `nsp-${number}-${position}`));
  const ofPerimeters = all.flatMap(({ id, resources }) => [...resources, diagnosticSetting(id, { name: 'logs', workspaceId: workspaceIn(own), categoryGroups: ['allLogs'] })]);
  const plans = defenderPlans(own.subscription, { tier: 'Standard', coverage: 'FullyCovered' });
  const made = Array.from({ length: accounts }, (_, position) => accountOf(own, number, position, all));
  return [...plans, ...ofPerimeters, ...made.flatMap(({ resources }) => resources), ...privateAccessOf(own, made.flatMap(({ records }) => records))];
}

const zoneName = 'privatelink.documents.azure.com';

/** One network and one zone for all private endpoints of a subscription. */
function privateAccessOf(own: Group, records: readonly RecordSpec[]): Resource[] {
  const guard = securityGroup(own, 'nsg-generated', []);
  const network = virtualNetwork(own, 'vnet-generated', '10.0.0.0/8', [{ name: 'endpoints', addressPrefix: '10.0.0.0/8', securityGroup: guard.id }]);
  const watcher = networkWatcher(own);
  return [guard, network, watcher, flowLog(watcher, 'fl-generated', { target: network.id, workspaceId: workspaceIn(own) }), ...privateDnsZone(own, zoneName, { links: [network.id], records })];
}

function workspaceIn(own: Group): string {
  return resourceId(own, 'Microsoft.OperationalInsights', 'workspaces', 'log-generated');
}

interface Made {
  readonly resources: readonly Resource[];
  /** What its private endpoints keep in the zone. */
  readonly records: readonly RecordSpec[];
}

function accountOf(own: Group, number: number, position: number, perimeters: readonly Perimeter[]): Made {
  const variant = variants[position % variants.length];
  const endpoints = (variant?.endpoints ?? []).map(endpoint => ({ ...endpoint, name: `${endpoint.name}-${position}` }));
  const bundle: AccountBundle = account(own, `account-${number}-${position}`, { ...variant, endpoints });
  const perimeter = position % 3 === 2 ? perimeters[position % perimeters.length] : undefined;
  const associated = perimeter ? associate(perimeter, 'apps', bundle, position % 2 === 0 ? 'Enforced' : 'Learning') : [];
  const records = endpoints.length > 0 ? recordsFor(bundle.name, `10.${Math.floor(position / 256)}.${position % 256}.4`, [own.location]) : [];
  const spec = { accountId: bundle.id, groupId: 'Sql', subnetId: subnetId(own, 'vnet-generated', 'endpoints'), records, zones: [zoneId(own, zoneName)] };
  return { resources: [...bundle.resources, ...associated, ...endpoints.flatMap(({ name }) => privateEndpoint(own, name, spec))], records };
}

function perimeterOf(own: Group, name: string): Perimeter {
  const rules = [
    { name: 'office', direction: 'Inbound', addressPrefixes: ['198.51.100.32/28'] },
    { name: 'sign-in', direction: 'Outbound', fullyQualifiedDomainNames: ['login.microsoftonline.com'] },
  ] as const;
  return perimeter(own, name, { profiles: { apps: { version: 1, rules } }, logCategories: perimeterCategories });
}
