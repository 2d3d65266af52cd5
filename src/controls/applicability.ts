import type { Account, Api } from '../core/account.ts';

/** What Azure offers to some accounts only. */
export type Feature = 'continuousBackup' | 'keysOff' | 'perimeter' | 'severalRegions' | 'throughputLimit';

/** Accounts that a feature is not for: of these APIs, or of this capacity mode. */
interface Limit {
  readonly feature: Feature;
  readonly outside: { readonly apis: readonly Api[] } | { readonly mode: 'serverless' };
  readonly because: string;
  readonly source: string;
  /** Of the page, or of the observation, that the row is from. */
  readonly asOf: string;
}

/**
 * What Azure does not support for which accounts; whatever is not here, it supports. An account is told by its
 * capabilities, never by `kind`, which is GlobalDocumentDB for Table, Gremlin and Cassandra too.
 *
 * The set of APIs that can run without keys grows: the documentation describes it for NoSQL and Table (2025-09-10), API
 * 2026-03-15 has role types for the others, and the service still refused Gremlin and MongoDB in 2026-03. So
 * `local-auth-disabled` takes the set as a parameter, and an account without keys passes whatever this table says.
 */
export const limits: readonly Limit[] = [
  {
    feature: 'continuousBackup',
    outside: { apis: ['cassandra'] },
    because: 'Continuous backup does not support the Cassandra API.',
    source: 'https://learn.microsoft.com/azure/cosmos-db/continuous-backup-restore-introduction#current-limitations',
    asOf: '2025-12-04',
  },
  {
    feature: 'keysOff',
    outside: { apis: ['cassandra'] },
    because: 'Keys can be turned off for the NoSQL and Table APIs; for Cassandra, Azure documents no way that works.',
    source: 'https://learn.microsoft.com/azure/cosmos-db/cassandra/security/how-to-disable-key-based-authentication',
    asOf: '2025-09-10',
  },
  {
    feature: 'keysOff',
    outside: { apis: ['gremlin'] },
    because: 'Keys can be turned off for the NoSQL and Table APIs; Azure refuses it for Gremlin.',
    source: 'https://github.com/Azure/terraform-azurerm-avm-res-documentdb-databaseaccount/pull/136',
    asOf: '2026-03-19',
  },
  {
    feature: 'keysOff',
    outside: { apis: ['mongodb'] },
    because: 'Keys can be turned off for the NoSQL and Table APIs; Azure refuses it for MongoDB.',
    source: 'https://github.com/Azure/terraform-azurerm-avm-res-documentdb-databaseaccount/pull/136',
    asOf: '2026-03-19',
  },
  {
    feature: 'perimeter',
    outside: { apis: ['cassandra', 'gremlin', 'mongodb', 'table'] },
    because: 'Network security perimeters support the NoSQL API, which the account does not serve.',
    source: 'https://learn.microsoft.com/azure/cosmos-db/how-to-configure-nsp',
    asOf: '2024-11-20',
  },
  {
    feature: 'severalRegions',
    outside: { mode: 'serverless' },
    because: 'A serverless account runs in one region.',
    source: 'https://learn.microsoft.com/azure/cosmos-db/serverless',
    asOf: '2023-03-16',
  },
  {
    feature: 'throughputLimit',
    outside: { mode: 'serverless' },
    because: 'A serverless account has no provisioned throughput to limit.',
    source: 'https://learn.microsoft.com/azure/cosmos-db/limit-total-account-throughput',
    asOf: '2025-10-15',
  },
];

/** Why a feature is not for an account, as a sentence; null where Azure supports it for one of its APIs. */
export function unsupported(feature: Feature, { apis, serverless }: Pick<Account, 'apis' | 'serverless'>): string | null {
  const rows = limits.filter(limit => limit.feature === feature);
  const byMode = rows.find(({ outside }) => 'mode' in outside && serverless);
  if (byMode) return byMode.because;
  const byApi = apis.map(api => rows.find(({ outside }) => 'apis' in outside && outside.apis.includes(api)));
  return byApi.every(row => row !== undefined) ? (byApi[0]?.because ?? null) : null;
}

export const allApis = ['cassandra', 'gremlin', 'mongodb', 'nosql', 'table'] as const satisfies readonly Api[];

/** The APIs that a feature supports, sorted. */
export function apisWith(feature: Feature): Api[] {
  return allApis.filter(api => unsupported(feature, { apis: [api], serverless: false }) === null);
}
