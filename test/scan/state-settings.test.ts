import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { appSettings, stateOfTerminal } from '../../src/scan/settings.ts';

const environment = { LOGS_INGESTION_ENDPOINT: 'https://logs.example.org', LOGS_RULE_ID: 'dcr-1', SCAN_SCHEDULE: '0 0 * * * *', TASKHUB_NAME: 'cosmos' };
const custom = { ...environment, AZURE_CLOUD: 'custom', ARM_ENDPOINT: 'https://arm.example.org', LOGS_AUDIENCE: 'https://logs.example.org' };
const url = 'https://contoso.blob.core.windows.net/cosmos-compliance';
const blob = { kind: 'blob', url, scope: 'https://storage.azure.com/.default' };

describe('where an app keeps its state', () => {
  test.each([
    ['in the container that STATE_URL names', { STATE_URL: url }, blob],
    ['in the container, even where STATE_FOLDER is set', { STATE_URL: url, STATE_FOLDER: '/state' }, blob],
    ['with one slash at the end or none', { STATE_URL: `${url}/` }, blob],
    ['with the audience it is told', { STATE_URL: url, STORAGE_AUDIENCE: 'https://contoso.blob.core.windows.net' }, { ...blob, scope: 'https://contoso.blob.core.windows.net/.default' }],
    ['in a custom cloud, with its audience', { ...custom, STATE_URL: url, STORAGE_AUDIENCE: 'https://storage.example.org' }, { ...blob, scope: 'https://storage.example.org/.default' }],
    ['in the emulator, which has the account in the path', { STATE_URL: 'https://127.0.0.1:10000/devstoreaccount1/state' }, { ...blob, url: 'https://127.0.0.1:10000/devstoreaccount1/state' }],
    ['in the folder that STATE_FOLDER names', { STATE_FOLDER: '/state' }, { kind: 'folder', folder: '/state' }],
  ])('%s', (_, given, expected) => {
    expect(appSettings({ ...environment, ...given }).state).toEqual(expected);
  });

  test('has to be said: its instances share a scan, and no folder of their own would be', () => {
    expect(() => appSettings(environment)).toThrow('Application settings are missing: STATE_URL.');
  });

  test('a custom cloud has to say the audience of its storage', () => {
    expect(() => appSettings({ ...custom, STATE_URL: url })).toThrow('Application settings are missing: STORAGE_AUDIENCE.');
    expect(() => appSettings({ ...custom, STATE_FOLDER: '/state' })).not.toThrow();
  });

  test.each([
    ['is none', 'cosmos-compliance', 'STATE_URL is no https address.'],
    ['is not https', url.replace('https', 'http'), 'STATE_URL is no https address.'],
    ['carries a signature', `${url}?sv=2024&sig=abc`, 'a signature is not used'],
    ['carries a password', url.replace('https://', 'https://jane:hunter2@'), 'STATE_URL has more than an address'],
    ['has a fragment', `${url}#x`, 'STATE_URL has more than an address'],
    ['names no container', 'https://contoso.blob.core.windows.net/', 'STATE_URL names no container.'],
    ['names a blob', `${url}/outbox`, 'STATE_URL names no container.'],
    ['names a container that cannot be', 'https://contoso.blob.core.windows.net/Cosmos_Compliance', 'STATE_URL names no container.'],
    ['names a container of two letters', 'https://contoso.blob.core.windows.net/ab', 'STATE_URL names no container.'],
    ['names a container with two hyphens in a row', 'https://contoso.blob.core.windows.net/cosmos--compliance', 'STATE_URL names no container.'],
    ["names an emulator's account only", 'https://127.0.0.1:10000/devstoreaccount1', 'STATE_URL names no container.'],
  ])('an address that %s is refused, and not repeated', (_, wrong, says) => {
    for (const read of [appSettings, stateOfTerminal]) {
      expect(() => read({ ...environment, STATE_URL: wrong })).toThrow(says);
      expect(() => read({ ...environment, STATE_URL: wrong })).toThrow('https://contoso.blob.core.windows.net/cosmos-compliance');
      expect(() => read({ ...environment, STATE_URL: wrong })).not.toThrow(/sig=|hunter2/);
    }
  });
});

test.each([
  ["in its user's folder", {}, { kind: 'folder', folder: join(homedir(), '.cosmos-compliance') }],
  ['in STATE_FOLDER', { STATE_FOLDER: '/state' }, { kind: 'folder', folder: '/state' }],
  ['in STATE_URL', { STATE_FOLDER: '/state', STATE_URL: url }, blob],
])('a terminal keeps its state %s', (_, given, expected) => {
  expect(stateOfTerminal(given)).toEqual(expected);
});
