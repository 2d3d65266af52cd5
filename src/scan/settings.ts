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

/** What a deployed app is told by its application settings. */
export interface AppSettings {
  readonly cloud: Cloud;
  readonly scope: ScanScope;
  readonly destination: Destination;
  readonly stateFolder: string;
  readonly concurrency: number;
}

const defaultConcurrency = 32;

/**
 * Reads the settings of a deployed app.
 * @throws Problem naming every setting that is missing
 */
export function appSettings(environment: Environment): AppSettings {
  const missing = ['LOGS_INGESTION_ENDPOINT', 'LOGS_RULE_ID', 'SCAN_SCHEDULE'].filter(name => !environment[name]);
  if (missing.length > 0) throw new Problem(`Application settings are missing: ${missing.join(', ')}.`, 'Set them on the function app; README.md, "Settings", says to what.');
  const cloud = cloudFrom(environment);
  return {
    cloud,
    scope: { include: listed(environment['SCAN_SUBSCRIPTIONS']), exclude: listed(environment['SCAN_EXCLUDE_SUBSCRIPTIONS']), managementGroup: environment['SCAN_MANAGEMENT_GROUP'] || null },
    destination: destinationFrom(cloud, environment),
    stateFolder: environment['STATE_FOLDER'] || join(tmpdir(), 'cosmos-compliance'),
    concurrency: concurrencyFrom('SCAN_CONCURRENCY', environment['SCAN_CONCURRENCY']),
  };
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

function listed(value: string | undefined): string[] {
  return (value ?? '').split(/[\s,]+/).filter(Boolean);
}
