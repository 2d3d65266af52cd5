import { control, fail, notApplicable, pass } from '../core/control.ts';
import { nameOf } from '../core/resource-id.ts';
import { cut, listed } from './support.ts';

export const perimeterIdentityPresent = control({
  id: 'perimeter-identity-present',
  scope: 'account',
  title: 'An account in a perimeter has a managed identity.',
  severity: 'medium',
  rationale:
    'Inside a perimeter a resource shows who it is by its managed identity. Without one, calls to other members such as a key vault are denied once the perimeter is Enforced, and the association can fail to provision.',
  remediation: {
    text: 'Assign a system-assigned or user-assigned managed identity, before the account joins the perimeter.',
    cli: 'az cosmosdb identity assign --resource-group <group> --name <account>',
    bicep: "identity: {\n  type: 'SystemAssigned'\n}",
  },
  references: ['https://learn.microsoft.com/azure/cosmos-db/how-to-configure-nsp', 'https://learn.microsoft.com/azure/cosmos-db/how-to-setup-managed-identity'],
  requirements: ['NSP 4'],
  notApplicableWhen: 'the account is in no perimeter',
  needs: ['account', 'associations'],
  evaluate({ account: { identity }, associations }) {
    const names = associations.map(({ perimeterId }) => nameOf(perimeterId));
    const observed = { systemAssigned: identity.systemAssigned, userAssigned: identity.userAssigned.length, perimeters: cut(names) };
    if (associations.length === 0) return notApplicable('The account is in no network security perimeter.', observed);
    if (identity.systemAssigned || identity.userAssigned.length > 0) return pass(observed);
    return fail(`The account is in perimeter ${listed(names)} and has no managed identity.`, observed);
  },
});
