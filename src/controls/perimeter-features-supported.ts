import { control, fail, notApplicable, pass } from '../core/control.ts';
import type { LogStoreFeature } from '../core/perimeter-features.ts';
import { nameOf } from '../core/resource-id.ts';
import { cut, listed } from './support.ts';

const words: Readonly<Record<LogStoreFeature, string>> = {
  allVersionsAndDeletesChangeFeed: 'the all-versions-and-deletes change feed',
  analyticalStore: 'the analytical store',
  materializedViews: 'materialized views',
  pointInTimeRestore: 'point-in-time restore (continuous backup)',
};

const restoring = "To restore an account with a customer-managed key, the key vault's perimeter has to be relaxed for as long as the restore takes, and closed again.";

export const perimeterFeaturesSupported = control({
  id: 'perimeter-features-supported',
  scope: 'account',
  title: 'An account in a perimeter with a customer-managed key uses no feature of the log store, which Azure does not support together.',
  severity: 'high',
  rationale:
    'Azure says that it does not support a perimeter, a customer-managed key and features of the log store together, and does not refuse to configure them. What breaks shows late, in a restore or an analytical query, when the data is needed.',
  remediation: {
    text: `Give up one of the three: leave the perimeter, let Microsoft manage the key, or turn the features off. Some cannot be turned off again: an account that has continuous backup or an analytical store keeps it, so its data has to move to a new account. ${restoring}`,
    cli: 'az network perimeter association delete --perimeter-name <perimeter> --resource-group <group> --name <association>',
    bicep: "properties: {\n  enableAnalyticalStorage: false\n  backupPolicy: {\n    type: 'Periodic'\n    periodicModeProperties: {\n      backupStorageRedundancy: 'Geo'\n    }\n  }\n}",
  },
  references: ['https://learn.microsoft.com/azure/cosmos-db/how-to-configure-nsp', 'https://learn.microsoft.com/azure/cosmos-db/how-to-setup-customer-managed-keys'],
  requirements: ['NSP 8', 'NSP 9'],
  notApplicableWhen: "Microsoft manages the account's key or the account is in no perimeter",
  needs: ['perimeterFeatures'],
  evaluate({ perimeterFeatures }) {
    if (perimeterFeatures.state === 'noKey') return notApplicable("Microsoft manages the account's key.", { customerManagedKey: false });
    if (perimeterFeatures.state === 'noPerimeter') return notApplicable('The account is in no network security perimeter.', { customerManagedKey: true, perimeters: [] });
    const { inUse, unread } = perimeterFeatures;
    const perimeters = perimeterFeatures.perimeters.map(nameOf);
    const observed = { customerManagedKey: true, perimeters: cut(perimeters), inUse, unread, restore: restoring };
    if (inUse.length === 0) return pass(observed);
    return fail(`Azure does not support perimeter ${listed(perimeters)} and a customer-managed key together with ${listed(inUse.map(feature => words[feature]))}. ${restoring}`, observed);
  },
});
