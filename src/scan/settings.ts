import { homedir } from 'node:os';
import { join } from 'node:path';
import { cloudFrom, originOf, type Cloud, type Environment } from '../azure/clouds.ts';
import { Problem } from '../core/problem.ts';
import type { StateLocation } from '../state/open-store.ts';
import type { ScanScope } from './plan.ts';

export type { StateLocation } from '../state/open-store.ts';

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
  /** All instances of the app share it: it is how those that work on one scan know of each other. */
  readonly state: StateLocation;
  readonly concurrency: number;
  /** When a scan ends with what it has, minutes after its start. */
  readonly deadlineMinutes: number;
  /** Rows are written for every finding when the last time is so long ago, for what is different in between; 0 = by every scan. */
  readonly fullEmissionHours: number;
}

/** More keeps a processor busy without getting more done; what ARM allows is kept for each subscription, whatever this is. */
export const defaultConcurrency = 64;

/** What the platform lets one function run, functionTimeout in host.json, leaves five minutes to deliver rows. */
const longestScanMinutes = 55;

/**
 * Reads the settings of a deployed app.
 * @throws Problem naming every setting that is missing, or the one that is wrong
 */
export function appSettings(environment: Environment): AppSettings {
  const custom = /^\s*custom\s*$/i.test(environment['AZURE_CLOUD'] || (environment['ARM_ENDPOINT'] ? 'custom' : ''));
  const missing = ['LOGS_INGESTION_ENDPOINT', 'LOGS_RULE_ID', 'SCAN_SCHEDULE', 'TASKHUB_NAME', ...(environment['STATE_FOLDER'] ? [] : ['STATE_URL']), ...(custom ? ['ARM_ENDPOINT', 'LOGS_AUDIENCE'] : []), ...(custom && (environment['BASELINE_URL'] || environment['STATE_URL']) ? ['STORAGE_AUDIENCE'] : [])].filter(name => !environment[name]);
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
    state: stateFrom(environment, ''),
    concurrency: concurrencyFrom('SCAN_CONCURRENCY', environment['SCAN_CONCURRENCY']),
    deadlineMinutes: numberFrom('SCAN_DEADLINE_MINUTES', environment['SCAN_DEADLINE_MINUTES'], { otherwise: 50, least: 5, most: longestScanMinutes }),
    fullEmissionHours: numberFrom('FULL_EMISSION_HOURS', environment['FULL_EMISSION_HOURS'], { otherwise: 24, least: 0, most: 168 }),
  };
}

/** The storage service has one audience in all public clouds. @see https://learn.microsoft.com/azure/storage/blobs/authorize-access-azure-active-directory */
const storageAudience = 'https://storage.azure.com';

/** @throws Problem where BASELINE_URL is not the plain https address of a blob */
function baselineSourceFrom({ BASELINE_URL: url, STORAGE_AUDIENCE: audience }: Environment): BaselineSource | null {
  if (!url) return null;
  const fix = 'Set it to the https address of a blob, for example https://contoso.blob.core.windows.net/baseline/baseline.yaml.';
  const { href, pathname } = plainAddress('BASELINE_URL', url, 'the identity reads the blob', fix);
  if (!/^\/[^/]+\/[^/]/.test(pathname)) throw new Problem('BASELINE_URL names no blob in a container.', fix);
  return { url: href, scope: storageScope(audience) };
}

/** @throws Problem that does not repeat what was given: a signature in it is a secret */
function plainAddress(setting: string, value: string, instead: string, fix: string): URL {
  const parsed = URL.canParse(value) ? new URL(value) : null;
  if (parsed?.protocol !== 'https:') throw new Problem(`${setting} is no https address.`, fix);
  if (parsed.href !== `${parsed.origin}${parsed.pathname}`) throw new Problem(`${setting} has more than an address: ${instead}, a signature is not used.`, fix);
  return parsed;
}

function storageScope(audience: string | undefined): string {
  return `${(audience || storageAudience).replace(/\/\.default$/, '')}/.default`;
}

/** One container. Where the host is an address and no account's name, as the emulator's, the account comes before it. */
const containerPath = /^\/[a-z0-9](?:-?[a-z0-9]){2,62}\/?$/;
const containerPathOfEmulator = /^\/[a-z0-9]+\/[a-z0-9](?:-?[a-z0-9]){2,62}\/?$/;

/**
 * Where the state is kept: STATE_URL, else STATE_FOLDER, else the folder that is given.
 * @throws Problem where STATE_URL is not the plain https address of a container
 */
export function stateFrom({ STATE_URL: url, STATE_FOLDER: folder, STORAGE_AUDIENCE: audience }: Environment, otherwise: string): StateLocation {
  if (!url) return { kind: 'folder', folder: folder || otherwise };
  const fix = 'Set it to the https address of a container, for example https://contoso.blob.core.windows.net/cosmos-compliance.';
  const { hostname, origin, pathname } = plainAddress('STATE_URL', url, 'the identity writes the blobs', fix);
  const path = /^[\d.]+$|^localhost$/.test(hostname) ? containerPathOfEmulator : containerPath;
  if (!path.test(pathname)) throw new Problem('STATE_URL names no container.', fix);
  return { kind: 'blob', url: `${origin}${pathname.replace(/\/$/, '')}`, scope: storageScope(audience) };
}

/** @throws Problem naming what is missing to send rows to Log Analytics */
export function destinationFrom(cloud: Cloud, environment: Environment): Destination {
  const { LOGS_INGESTION_ENDPOINT: endpoint, LOGS_RULE_ID: ruleId } = environment;
  const missing = Object.entries({ LOGS_INGESTION_ENDPOINT: endpoint, LOGS_RULE_ID: ruleId, ...(cloud.logsScope === null && { LOGS_AUDIENCE: '' }) }).flatMap(([name, value]) => (value ? [] : name));
  if (!endpoint || !ruleId || cloud.logsScope === null) throw new Problem(`Rows cannot be published: ${missing.join(', ')} not set.`, 'Set them to the ingestion endpoint, the immutable id of the data collection rule, and the audience of the Logs Ingestion API.');
  return { endpoint: originOf('LOGS_INGESTION_ENDPOINT', endpoint), ruleId, scope: cloud.logsScope };
}

/**
 * Where a terminal keeps the state.
 * @throws Problem where STATE_URL is not the plain https address of a container
 */
export function stateOfTerminal(environment: Environment): StateLocation {
  return stateFrom(environment, join(homedir(), '.cosmos-compliance'));
}

/** @throws Problem for anything but a whole number from 1 to 256 */
export function concurrencyFrom(name: string, value: string | undefined): number {
  return numberFrom(name, value, { otherwise: defaultConcurrency, least: 1, most: 256 });
}

function numberFrom(name: string, value: string | undefined, { otherwise, least, most }: { readonly otherwise: number; readonly least: number; readonly most: number }): number {
  if (value === undefined || value.trim() === '') return otherwise;
  const number = Number(value);
  if (!Number.isInteger(number) || number < least || number > most) throw new Problem(`${name} is "${value}".`, `Set it to a whole number from ${least} to ${most}.`);
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
