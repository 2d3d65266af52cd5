import { control, fail, pass } from '../core/control.ts';
import { nameOf } from '../core/resource-id.ts';
import { cut } from './support.ts';

export const managedIdentityAssigned = control({
  id: 'managed-identity-assigned',
  scope: 'account',
  title: 'The account has a managed identity.',
  severity: 'low',
  rationale:
    'With an identity of its own the account reaches a key vault or another member of its perimeter without a secret that somebody has to keep. It is the first step towards a perimeter and a customer-managed key, rather than a protection by itself.',
  remediation: {
    text: 'Assign a system-assigned identity, or a user-assigned one that several accounts share.',
    cli: 'az cosmosdb identity assign --resource-group <group> --name <account>',
    bicep: "identity: {\n  type: 'SystemAssigned'\n}",
  },
  references: ['https://learn.microsoft.com/azure/cosmos-db/how-to-setup-managed-identity'],
  requirements: ['ASB IM-2'],
  needs: ['account'],
  evaluate({ account: { identity } }) {
    const observed = { systemAssigned: identity.systemAssigned, userAssigned: cut(identity.userAssigned.map(nameOf)) };
    return identity.systemAssigned || identity.userAssigned.length > 0 ? pass(observed) : fail('The account has no managed identity.', observed);
  },
});
