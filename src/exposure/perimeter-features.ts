import type { Account } from '../core/account.ts';
import { known, unknown, type Fact, type Unknown } from '../core/fact.ts';
import type { Association } from '../core/perimeter.ts';
import { logStoreFeatures, type LogStoreFeature, type PerimeterFeatures } from '../core/perimeter-features.ts';
import type { PreviewSettings } from '../core/preview.ts';

/**
 * Which log-store features an account with a customer-managed key uses inside a perimeter. One that is in use decides
 * whatever else is not known; that none is takes knowing all of them.
 */
export function perimeterFeaturesOf(account: Fact<Account>, associations: Fact<readonly Association[]>, preview: Fact<PreviewSettings>): Fact<PerimeterFeatures> {
  if (!account.known) return account;
  if (account.value.keyVaultKeyUri === null) return known({ state: 'noKey' }, account.sources);
  if (!associations.known) return associations;
  const sources = [...account.sources, ...associations.sources];
  if (associations.value.length === 0) return known({ state: 'noPerimeter' }, sources);
  const uses: Readonly<Record<LogStoreFeature, boolean | Unknown>> = {
    analyticalStore: account.value.analyticalStore,
    allVersionsAndDeletesChangeFeed: previewed(preview, 'allVersionsAndDeletesChangeFeed'),
    materializedViews: previewed(preview, 'materializedViews'),
    pointInTimeRestore: pointInTimeRestore(account.value),
  };
  const inUse = logStoreFeatures.filter(feature => uses[feature] === true);
  const unread = logStoreFeatures.filter(feature => typeof uses[feature] === 'object');
  const gap = Object.values(uses).find(use => typeof use === 'object');
  if (inUse.length === 0 && gap) return gap;
  const perimeters = [...new Set(associations.value.map(({ perimeterId }) => perimeterId))];
  return known({ state: 'judged', perimeters, inUse, unread }, [...sources, ...preview.sources]);
}

/** A feature that the preview version does not tell of may be in use. */
function previewed(preview: Fact<PreviewSettings>, feature: 'allVersionsAndDeletesChangeFeed' | 'materializedViews'): boolean | Unknown {
  if (!preview.known) return preview;
  return preview.value[feature] ?? unknown('missing', `Azure does not say whether the account uses ${feature}.`, preview.sources);
}

/** Continuous backup is what restores to a point in time. An account on its way there counts. */
function pointInTimeRestore({ name, backup }: Account): boolean | Unknown {
  if (backup === null) return unknown('missing', `Azure leaves the backup policy of account ${name} out.`);
  if (backup.type === 'Continuous' || backup.migratingTo?.toLowerCase() === 'continuous') return true;
  if (backup.type === 'Periodic') return false;
  return unknown('malformed', `The backup policy of account ${name} is of type ${backup.text}, which this version does not know.`);
}
