import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { cloudFrom, originOf, type Cloud, type Environment } from '../azure/clouds.ts';
import { Problem } from '../core/problem.ts';
import type { ScanScope } from './plan.ts';

/** Where rows are sent. */
export interface Destination {
  readonly endpoint: string;
  readonly ruleId: string;
  readonly scope: string;
}

/** A blob that holds the baseline, and the scope of a token for it. */
export interface BaselineSource {
  readonly url: string;
  readonly scope: string;
}

/** What a deployed app is told by its application settings. */
export interface AppSettings {
  readonly cloud: Cloud;
  readonly scope: ScanScope;
  readonly destination: Destination;
  /** Where the baseline is; null = the standard profile. */
  readonly baselineSource: BaselineSource | null;
  readonly stateFolder: string;
  readonly concurrency: number;
}

const defaultConcurrency = 32;

/**
 * Reads the settings of a deployed app.
 * @throws Problem naming every setting that is missing, or the one that is wrong
 */
export function appSettings(environment: Environment): AppSettings {
  const custom = /^\s*custom\s*$/i.test(environment['AZURE_CLOUD'] || (environment['ARM_ENDPOINT'] ? 'custom' : ''));
  const missing = ['LOGS_INGESTION_ENDPOINT', 'LOGS_RULE_ID', 'SCAN_SCHEDULE', ...(custom ? ['ARM_ENDPOINT', 'LOGS_AUDIENCE'] : []), ...(custom && environment['BASELINE_URL'] ? ['STORAGE_AUDIENCE'] : [])].filter(name => !environment[name]);
  if (missing.length > 0) throw new Problem(`Application settings are missing: ${missing.join(', ')}.`, 'Set them on the function app; README.md, "Settings", says to what.');
  const cloud = cloudFrom(environment);
  return {
    cloud,
    scope: {
      include: subscriptionsIn('SCAN_SUBSCRIPTIONS', listed(environment['SCAN_SUBSCRIPTIONS'])),
      exclude: subscriptionsIn('SCAN_EXCLUDE_SUBSCRIPTIONS', listed(environment['SCAN_EXCLUDE_SUBSCRIPTIONS'])),
      managementGroup: environment['SCAN_MANAGEMENT_GROUP'] || null,
    },
    destination: destinationFrom(cloud, environment),
    baselineSource: baselineSourceFrom(environment),
    stateFolder: environment['STATE_FOLDER'] || join(tmpdir(), 'cosmos-compliance'),
    concurrency: concurrencyFrom('SCAN_CONCURRENCY', environment['SCAN_CONCURRENCY']),
  };
}

/** The storage service has one audience in all public clouds. @see https://learn.microsoft.com/azure/storage/blobs/authorize-access-azure-active-directory */
const storageAudience = 'https://storage.azure.com';

/** @throws Problem where BASELINE_URL is not the plain https address of a blob */
function baselineSourceFrom({ BASELINE_URL: url, STORAGE_AUDIENCE: audience }: Environment): BaselineSource | null {
  if (!url) return null;
  const fix = 'Set it to the https address of a blob, for example https://contoso.blob.core.windows.net/baseline/baseline.yaml.';
  // What was given is not repeated: a signature in it is a secret.
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed?.protocol !== 'https:') throw new Problem('BASELINE_URL is no https address.', fix);
  if (parsed.href !== `${parsed.origin}${parsed.pathname}`) throw new Problem('BASELINE_URL has more than an address: the identity reads the blob, a signature is not used.', fix);
  if (!/^\/[^/]+\/[^/]/.test(parsed.pathname)) throw new Problem('BASELINE_URL names no blob in a container.', fix);
  return { url: parsed.href, scope: `${(audience || storageAudience).replace(/\/\.default$/, '')}/.default` };
}

/** @throws Problem naming what is missing to send rows to Log Analytics */
export function destinationFrom(cloud: Cloud, environment: Environment): Destination {
  const { LOGS_INGESTION_ENDPOINT: endpoint, LOGS_RULE_ID: ruleId } = environment;
  const missing = Object.entries({ LOGS_INGESTION_ENDPOINT: endpoint, LOGS_RULE_ID: ruleId, ...(cloud.logsScope === null && { LOGS_AUDIENCE: '' }) }).flatMap(([name, value]) => (value ? [] : name));
  if (!endpoint || !ruleId || cloud.logsScope === null) throw new Problem(`Rows cannot be published: ${missing.join(', ')} not set.`, 'Set them to the ingestion endpoint, the immutable id of the data collection rule, and the audience of the Logs Ingestion API.');
  return { endpoint: originOf('LOGS_INGESTION_ENDPOINT', endpoint), ruleId, scope: cloud.logsScope };
}

/** Where a terminal keeps rows that could not be delivered. */
export function stateFolderFrom(environment: Environment): string {
  return environment['STATE_FOLDER'] || join(homedir(), '.cosmos-compliance');
}

/** @throws Problem for anything but a whole number from 1 to 256 */
export function concurrencyFrom(name: string, value: string | undefined): number {
  if (value === undefined || value === '') return defaultConcurrency;
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > 256) throw new Problem(`${name} is "${value}".`, 'Set it to a whole number from 1 to 256.');
  return number;
}

/**
 * A wrong id would be looked for in Azure and reported as denied.
 * @throws Problem naming the setting and the id
 */
export function subscriptionsIn(setting: string, ids: readonly string[]): readonly string[] {
  const wrong = ids.find(id => !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id));
  if (wrong !== undefined) throw new Problem(`${setting} has "${wrong}", which is not a subscription id.`, 'Give the GUID that `az account list --output table` shows.');
  return ids;
}

function listed(value: string | undefined): string[] {
  return (value ?? '').split(/[\s,]+/).filter(Boolean);
}
