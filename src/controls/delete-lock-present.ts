import { control, fail, pass } from '../core/control.ts';
import { isAtOrBelow } from '../core/resource-id.ts';
import { cut } from './support.ts';

export const deleteLockPresent = control({
  id: 'delete-lock-present',
  scope: 'account',
  title: 'A lock keeps the account from being deleted.',
  severity: 'low',
  rationale:
    'An account goes with one command, and everything in it. A lock makes that two steps, the first of which few identities may take. It does not protect databases and containers from whoever has a key.',
  remediation: {
    text: 'Put a CanNotDelete lock on the account, its resource group or the subscription. ReadOnly counts as well, and it blocks listing keys and changing throughput: try it first.',
    cli: 'az lock create --name keep --lock-type CanNotDelete --resource <account-id>',
    bicep: "resource keep 'Microsoft.Authorization/locks@2020-05-01' = {\n  name: 'keep'\n  scope: account\n  properties: {\n    level: 'CanNotDelete'\n  }\n}",
  },
  references: ['https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources', 'https://learn.microsoft.com/azure/cosmos-db/resource-locks'],
  requirements: ['SEC restore-deleted-data'],
  needs: ['account', 'locks'],
  evaluate({ account: { id }, locks }) {
    const over = locks.filter(({ scope }) => isAtOrBelow(id, scope));
    const found = over.flatMap(({ name, scope, level }) => (typeof level === 'string' ? [{ name, scope, level }] : []));
    const observed = { locks: cut(found) };
    if (found.length > 0) return pass(observed);
    const [strange] = over;
    if (strange) throw new Error(`Lock ${strange.name} has a level that this program does not know.`);
    return fail('No lock on the account, its resource group or its subscription keeps it from being deleted.', observed);
  },
});
