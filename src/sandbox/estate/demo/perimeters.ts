import type { Resource } from '../estate.ts';
import { guid, resourceId } from '../ids.ts';
import { link, linkReference, type Remote } from '../links.ts';
import { diagnosticSetting, perimeterCategories } from '../logs.ts';
import { perimeter, type Rule } from '../perimeters.ts';
import { fabrikamId, groups, subscriptionIds } from './company.ts';

export const workspaceId = resourceId(groups.logs, 'Microsoft.OperationalInsights', 'workspaces', 'log-contoso-security');
const archiveId = resourceId(groups.logs, 'Microsoft.Storage', 'storageAccounts', 'stcontosoarchive');

const inbound = (name: string, ...addressPrefixes: readonly string[]): Rule => ({ name, direction: 'Inbound', addressPrefixes });
const outbound = (name: string, ...fullyQualifiedDomainNames: readonly string[]): Rule => ({ name, direction: 'Outbound', fullyQualifiedDomainNames });
const fromSubscriptions = (name: string, ...subscriptions: readonly string[]): Rule => ({ name, direction: 'Inbound', subscriptions });

/** Kept well: narrow both ways, everything logged, one link with named profiles. */
export const core = perimeter(groups.perimeters, 'nsp-core', {
  profiles: {
    apps: {
      version: 12,
      rules: [
        inbound('office', '198.51.100.32/28'),
        fromSubscriptions('own-subscriptions', subscriptionIds.production, subscriptionIds.staging),
        outbound('sign-in', 'login.microsoftonline.com', '*.contoso.com'),
      ],
    },
    sealed: { version: 3, rules: [outbound('sign-in', 'login.microsoftonline.com')] },
  },
  logCategories: perimeterCategories,
});

/** Opened to everybody "for the migration", and never closed again. Nothing is logged. */
export const migration = perimeter(groups.perimeters, 'nsp-migration', {
  profiles: {
    transition: { version: 7, rules: [inbound('temporarily-everyone', '0.0.0.0/0')] },
    'transition-ipv6': { version: 1, rules: [inbound('temporarily-everyone-ipv6', '2000::/3')] },
    quiet: { version: 0, rules: [] },
  },
});

/** No rule covers the Internet; two of them together do. Some categories are logged. */
export const data = perimeter(groups.perimeters, 'nsp-data', {
  profiles: {
    ingest: { version: 4, rules: [inbound('lower-half', '0.0.0.0/1'), inbound('upper-half', '128.0.0.0/1')] },
    pipelines: { version: 9, rules: [inbound('build-agents', '192.0.2.128/26'), outbound('registry', 'mcr.microsoft.com')] },
  },
  logCategories: ['NspPublicInboundPerimeterRulesAllowed', 'NspPublicInboundPerimeterRulesDenied', 'NspIntraPerimeterInboundAllowed'],
});

/** Lets another company's subscription in; logs go to a storage account only. */
export const partners = perimeter(groups.perimeters, 'nsp-partners', {
  profiles: { partners: { version: 5, rules: [fromSubscriptions('fabrikam', fabrikamId), inbound('partner-gateway', '203.0.113.64/28')] } },
  logCategories: perimeterCategories,
});

/** Narrow inbound; outbound lets data go anywhere. */
export const egress = perimeter(groups.perimeters, 'nsp-egress', {
  profiles: {
    'everything-out': { version: 2, rules: [inbound('jump-host', '203.0.113.7/32'), outbound('anywhere', '*')] },
    'dot-com': { version: 2, rules: [inbound('jump-host', '203.0.113.7/32'), outbound('all-of-com', '*.com', 'api.contoso.com')] },
  },
  logCategories: perimeterCategories,
});

/** One rule far wider than needed, and links that open every profile. */
export const shared = perimeter(groups.perimeters, 'nsp-shared', {
  profiles: { wide: { version: 6, rules: [inbound('whole-provider', '145.0.0.0/8')] } },
  logCategories: perimeterCategories,
});

/** Used by nobody; its rules repeat and contain one another. */
export const legacy = perimeter(groups.perimeters, 'nsp-legacy', {
  profiles: {
    old: {
      version: 31,
      rules: [
        inbound('datacenter', '198.51.100.0/24'),
        inbound('datacenter-rack', '198.51.100.32/28'),
        inbound('datacenter-again', '198.51.100.0/24'),
        { name: 'by-tag', direction: 'Inbound', serviceTags: ['AzureCloud.westeurope'] },
      ],
    },
  },
  logCategories: [],
});

export const staging = perimeter(groups.staging, 'nsp-staging', {
  profiles: {
    testers: { version: 21, rules: [inbound('test-lab', '203.0.113.128/26'), inbound('load-generator', '192.0.2.17')] },
    quiet: { version: 1, rules: [] },
  },
  logCategories: perimeterCategories,
});

/** In the subscription nobody may read. */
export const treasury = perimeter(groups.treasury, 'nsp-treasury', {
  profiles: { ledger: { version: 8, rules: [inbound('ledger-gateway', '198.51.100.240/29')] } },
  logCategories: perimeterCategories,
});

/** In the throttled subscription: Resource Graph has it, Resource Manager does not answer. */
export const logistics = perimeter(groups.logistics, 'nsp-logistics', {
  profiles: { depots: { version: 2, rules: [inbound('depots', '198.51.100.176/29')] } },
  logCategories: perimeterCategories,
});

const fabrikam: Remote = {
  id: resourceId(groups.fabrikam, 'Microsoft.Network', 'networkSecurityPerimeters', 'nsp-fabrikam'),
  guid: guid('fabrikam/perimeter'),
  location: 'westeurope',
};

const links: readonly Resource[] = [
  link(core, { name: 'core-to-data', remote: data, local: ['apps'], inRemote: ['pipelines'] }),
  linkReference(data, { name: 'core-to-data', remote: core, local: ['pipelines'], inRemote: ['apps'] }),
  link(shared, { name: 'shared-to-partners', remote: partners }),
  linkReference(partners, { name: 'shared-to-partners', remote: shared }),
  link(partners, { name: 'partners-to-fabrikam', remote: fabrikam, local: ['partners'], inRemote: ['inbound'] }),
  link(partners, { name: 'partners-to-egress', remote: egress, status: 'Pending', local: ['partners'], inRemote: ['dot-com'] }),
  linkReference(egress, { name: 'partners-to-egress', remote: partners, status: 'Pending', local: ['dot-com'], inRemote: ['partners'] }),
  linkReference(partners, { name: 'fabrikam-reads', remote: fabrikam, local: ['partners'], inRemote: ['*'] }),
];

const settings: readonly Resource[] = [
  diagnosticSetting(core.id, { name: 'to-security', workspaceId, categoryGroups: ['allLogs'] }),
  diagnosticSetting(data.id, { name: 'to-security', workspaceId, categories: ['NspPublicInboundPerimeterRulesDenied'] }),
  diagnosticSetting(partners.id, { name: 'to-archive', storageAccountId: archiveId, categoryGroups: ['allLogs'] }),
  diagnosticSetting(egress.id, { name: 'to-security', workspaceId, categories: perimeterCategories }),
  diagnosticSetting(shared.id, { name: 'allowed-only', workspaceId, categories: perimeterCategories.filter(category => category.endsWith('Allowed')) }),
  diagnosticSetting(shared.id, { name: 'denied-only', workspaceId, categories: perimeterCategories.filter(category => !category.endsWith('Allowed')) }),
  diagnosticSetting(staging.id, { name: 'to-security', workspaceId, categoryGroups: ['allLogs'] }),
];

const perimeters = [core, migration, data, partners, egress, shared, legacy, staging, treasury, logistics];

export const perimeterResources: readonly Resource[] = [...perimeters.flatMap(({ resources }) => resources), ...links, ...settings];
