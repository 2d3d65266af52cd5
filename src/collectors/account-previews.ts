import { z } from 'zod';
import { MalformedAnswerError } from '../azure/errors.ts';
import { known, type Fact } from '../core/fact.ts';
import type { PreviewSettings } from '../core/preview.ts';
import type { Collector } from './collector.ts';
import { unknownBecause } from './reason.ts';
import { absent, open } from './schema.ts';

/** The newest. No stable version has these settings, and the SDK client drops them. */
const apiVersion = '2026-04-01-preview';

/** What previews show of an account of a subscription. */
export interface PreviewedAccount {
  readonly id: string;
  readonly settings: Fact<PreviewSettings>;
}

/** Absent: no use of the key for data is on record. https://learn.microsoft.com/rest/api/cosmos-db-resource-provider/database-accounts/get#accountkeymetadata */
const Key = absent(z.object({ approximateLastUsageTime: absent(z.iso.datetime({ offset: true }), null) }), { approximateLastUsageTime: null });
const unused = { approximateLastUsageTime: null };
const noKeys = { primaryMasterKey: unused, secondaryMasterKey: unused, primaryReadonlyMasterKey: unused, secondaryReadonlyMasterKey: unused };

/** Without diagnosticLogSettings nothing was ever set: https://learn.microsoft.com/azure/templates/microsoft.documentdb/databaseaccounts */
const Previewed = z
  .object({
    properties: z.object({
      keysMetadata: absent(z.object({ primaryMasterKey: Key, secondaryMasterKey: Key, primaryReadonlyMasterKey: Key, secondaryReadonlyMasterKey: Key }), noKeys),
      diagnosticLogSettings: absent(z.object({ enableFullTextQuery: absent(open(['None', 'True', 'False']), 'None' as const) }), { enableFullTextQuery: 'None' as const }),
      // Absent: nothing says whether the feature is off, or the version of the service does not tell.
      enableMaterializedViews: absent(z.boolean(), null),
      enableAllVersionsAndDeletesChangeFeed: absent(z.boolean(), null),
    }),
  })
  .transform(
    ({ properties: { keysMetadata: keys, diagnosticLogSettings, enableMaterializedViews, enableAllVersionsAndDeletesChangeFeed } }): PreviewSettings => ({
      keysLastUsed: {
        primary: keys.primaryMasterKey.approximateLastUsageTime,
        secondary: keys.secondaryMasterKey.approximateLastUsageTime,
        primaryReadOnly: keys.primaryReadonlyMasterKey.approximateLastUsageTime,
        secondaryReadOnly: keys.secondaryReadonlyMasterKey.approximateLastUsageTime,
      },
      fullTextQuery: diagnosticLogSettings.enableFullTextQuery,
      materializedViews: enableMaterializedViews,
      allVersionsAndDeletesChangeFeed: enableAllVersionsAndDeletesChangeFeed,
    }),
  );

const Identified = z.object({ id: z.string() });

/** The preview-only settings of all accounts of a subscription, by subscription id: one list, in place of one request for each. */
export const accountPreviews: Collector<string, PreviewedAccount[]> = {
  name: 'preview settings of the accounts',
  actions: ['Microsoft.DocumentDB/databaseAccounts/read'],
  async read(arm, subscriptionId) {
    const { value, sources } = await arm.list(`/subscriptions/${subscriptionId}/providers/Microsoft.DocumentDB/databaseAccounts`, apiVersion);
    const previewed = value.map((item): PreviewedAccount => {
      const { success, data } = Identified.safeParse(item);
      if (!success) throw new MalformedAnswerError('The list has an account without an id.', ...sources);
      const settings = Previewed.safeParse(item);
      return { id: data.id, settings: settings.success ? known(settings.data, sources) : unknownBecause(settings.error, `preview settings of account ${data.id}`, [], sources) };
    });
    return known(previewed, sources);
  },
};
