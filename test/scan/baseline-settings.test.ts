import { describe, expect, test } from 'vitest';
import { appSettings } from '../../src/scan/settings.ts';

const environment = { LOGS_INGESTION_ENDPOINT: 'https://logs.example.org', LOGS_RULE_ID: 'dcr-1', SCAN_SCHEDULE: '0 0 * * * *', TASKHUB_NAME: 'cosmos', STATE_FOLDER: '/state' };
const url = 'https://contoso.blob.core.windows.net/baseline/contoso.yaml';
const custom = { ...environment, AZURE_CLOUD: 'custom', ARM_ENDPOINT: 'https://arm.example.org', LOGS_AUDIENCE: 'https://logs.example.org' };
const sourceOf = (given: Readonly<Record<string, string>>) => appSettings({ ...environment, ...given }).baselineSource;

describe('where an app finds its baseline', () => {
  test.each([
    ['nowhere, unless told', {}, null],
    ['at BASELINE_URL, with the audience of storage', { BASELINE_URL: url }, { url, scope: 'https://storage.azure.com/.default' }],
    ['in another public cloud, with the same audience', { BASELINE_URL: url, AZURE_CLOUD: 'usgovernment' }, { url, scope: 'https://storage.azure.com/.default' }],
    ['with the audience it is told', { BASELINE_URL: url, STORAGE_AUDIENCE: 'https://contoso.blob.core.windows.net' }, { url, scope: 'https://contoso.blob.core.windows.net/.default' }],
    ['with the scope it is told', { BASELINE_URL: url, STORAGE_AUDIENCE: 'https://storage.example.org/.default' }, { url, scope: 'https://storage.example.org/.default' }],
    ['in a custom cloud, with its audience', { ...custom, BASELINE_URL: url, STORAGE_AUDIENCE: 'https://storage.example.org' }, { url, scope: 'https://storage.example.org/.default' }],
    ['nowhere in a custom cloud, which then needs no audience', custom, null],
  ])('%s', (_, given, expected) => {
    expect(sourceOf(given)).toEqual(expected);
  });

  test('a custom cloud has to say its audience', () => {
    expect(() => sourceOf({ ...custom, BASELINE_URL: url })).toThrow('Application settings are missing: STORAGE_AUDIENCE.');
  });

  test.each([
    ['is none', 'baseline.yaml', 'BASELINE_URL is no https address.'],
    ['is not https', url.replace('https', 'http'), 'BASELINE_URL is no https address.'],
    ['carries a signature', `${url}?sv=2024&sig=abc`, 'a signature is not used'],
    ['carries a password', url.replace('https://', 'https://jane:hunter2@'), 'BASELINE_URL has more than an address'],
    ['has a fragment', `${url}#x`, 'BASELINE_URL has more than an address'],
    ['names a container only', 'https://contoso.blob.core.windows.net/baseline', 'BASELINE_URL names no blob in a container.'],
    ['names nothing', 'https://contoso.blob.core.windows.net/', 'BASELINE_URL names no blob in a container.'],
  ])('an address that %s is refused, and not repeated', (_, wrong, says) => {
    expect(() => sourceOf({ BASELINE_URL: wrong })).toThrow(says);
    expect(() => sourceOf({ BASELINE_URL: wrong })).not.toThrow(/sig=|hunter2/);
  });
});
