import { describe, expect, test } from 'vitest';
import { accountPreviews } from '../../src/collectors/account-previews.ts';
import type { PreviewSettings } from '../../src/core/preview.ts';
import { azureServer, subscription } from '../support/azure-server.ts';
import { readOne, specifyCollector } from '../support/specify-collector.ts';

const server = azureServer();
const route = `GET /subscriptions/${subscription}/providers/Microsoft.DocumentDB/databaseAccounts?api-version=2026-04-01-preview`;
const id = (name: string): string => `/subscriptions/${subscription}/resourceGroups/data/providers/Microsoft.DocumentDB/databaseAccounts/${name}`;
const account = (name: string, properties: object = {}): object => ({ id: id(name), name, type: 'Microsoft.DocumentDB/databaseAccounts', properties });

const full = {
  provisioningState: 'Succeeded',
  keysMetadata: {
    primaryMasterKey: { generationTime: '2022-02-25T20:30:11Z', approximateLastUsageTime: '2026-11-01T00:00:00Z' },
    secondaryMasterKey: { generationTime: '2022-02-25T20:30:11Z' },
    primaryReadonlyMasterKey: { approximateLastUsageTime: '2026-11-02T00:00:00Z' },
    secondaryReadonlyMasterKey: { approximateLastUsageTime: null },
  },
  diagnosticLogSettings: { enableFullTextQuery: 'True' },
  enableMaterializedViews: true,
  enableAllVersionsAndDeletesChangeFeed: true,
};
const expected: PreviewSettings = {
  keysLastUsed: { primary: '2026-11-01T00:00:00Z', secondary: null, primaryReadOnly: '2026-11-02T00:00:00Z', secondaryReadOnly: null },
  fullTextQuery: 'True',
  materializedViews: true,
  allVersionsAndDeletesChangeFeed: true,
};
const nothingSaid: PreviewSettings = {
  keysLastUsed: { primary: null, secondary: null, primaryReadOnly: null, secondaryReadOnly: null },
  fullTextQuery: 'None',
  materializedViews: null,
  allVersionsAndDeletesChangeFeed: null,
};
const listed = (name: string, value: PreviewSettings) => ({
  id: id(name),
  settings: { known: true, value, sources: expect.arrayContaining([route]) as readonly string[] } as const,
});

specifyCollector(server, {
  collector: accountPreviews,
  subject: subscription,
  lists: [{ route, recorded: [account('orders', full), account('bare')] }],
  gives: [listed('orders', expected), listed('bare', nothingSaid)],
  empty: [],
  malformed: [{ when: 'an account has no id', element: { name: 'nameless', properties: {} }, says: 'The list has an account without an id.' }],
});

describe('preview settings', () => {
  test.each([
    ['everything is null', { keysMetadata: null, diagnosticLogSettings: null, enableMaterializedViews: null, enableAllVersionsAndDeletesChangeFeed: null }, nothingSaid],
    ['everything inside is null', { keysMetadata: { primaryMasterKey: null }, diagnosticLogSettings: { enableFullTextQuery: null } }, nothingSaid],
    ['the text of queries is in another case', { diagnosticLogSettings: { enableFullTextQuery: 'false' } }, { ...nothingSaid, fullTextQuery: 'False' as const }],
    ['the text of queries is something new', { diagnosticLogSettings: { enableFullTextQuery: 'Sampled' } }, { ...nothingSaid, fullTextQuery: { unrecognised: 'Sampled' } }],
  ])('where %s', async (_, properties, value) => {
    expect(await readOne(server, accountPreviews, subscription, { [route]: [account('orders', properties)] })).toEqual([listed('orders', value)]);
  });

  test.each([
    ['a switch in words', { enableMaterializedViews: 'true' }, 'properties.enableMaterializedViews: '],
    ['a setting that is a switch', { diagnosticLogSettings: { enableFullTextQuery: true } }, 'properties.diagnosticLogSettings.enableFullTextQuery: '],
    [
      'a key last used at no time',
      { keysMetadata: { primaryMasterKey: { approximateLastUsageTime: 'lately' } } },
      'properties.keysMetadata.primaryMasterKey.approximateLastUsageTime: ',
    ],
  ])('that cannot be understood are not known, and cost no others: %s', async (_, properties, says) => {
    const read = await readOne(server, accountPreviews, subscription, { [route]: [account('odd', properties), account('orders', full)] });
    expect(read).toMatchObject([
      {
        id: id('odd'),
        settings: { known: false, reason: 'malformed', detail: expect.stringContaining(`Cannot read preview settings of account ${id('odd')}: `), sources: [route] },
      },
      { id: id('orders') },
    ]);
    expect(read).toMatchObject([{ settings: { detail: expect.stringContaining(says) } }, { settings: { value: expected } }]);
  });
});
