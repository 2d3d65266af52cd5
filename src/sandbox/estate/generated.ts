import { ipRules } from './account-properties.ts';
import { account, type AccountBundle, type AccountSpec } from './accounts.ts';
import type { Estate, Resource } from './estate.ts';
import { group, guid, resourceId, type Group } from './ids.ts';
import { diagnosticSetting, perimeterCategories } from './logs.ts';
import { associate, perimeter, type Perimeter } from './perimeters.ts';
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
  return [...ofPerimeters, ...Array.from({ length: accounts }, (_, position) => accountOf(own, number, position, all)).flat()];
}

function workspaceIn(own: Group): string {
  return resourceId(own, 'Microsoft.OperationalInsights', 'workspaces', 'log-generated');
}

function accountOf(own: Group, number: number, position: number, perimeters: readonly Perimeter[]): Resource[] {
  const bundle: AccountBundle = account(own, `account-${number}-${position}`, variants[position % variants.length]);
  const perimeter = position % 3 === 2 ? perimeters[position % perimeters.length] : undefined;
  return [...bundle.resources, ...(perimeter ? associate(perimeter, 'apps', bundle, position % 2 === 0 ? 'Enforced' : 'Learning') : [])];
}

function perimeterOf(own: Group, name: string): Perimeter {
  const rules = [
    { name: 'office', direction: 'Inbound', addressPrefixes: ['198.51.100.32/28'] },
    { name: 'sign-in', direction: 'Outbound', fullyQualifiedDomainNames: ['login.microsoftonline.com'] },
  ] as const;
  return perimeter(own, name, { profiles: { apps: { version: 1, rules } }, logCategories: perimeterCategories });
}
