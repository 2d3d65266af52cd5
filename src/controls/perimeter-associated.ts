import { control, fail, notApplicable, pass } from '../core/control.ts';
import { nameOf } from '../core/resource-id.ts';
import { unsupported } from './applicability.ts';
import { cut, isWhole, listed, missingSide } from './support.ts';

export const perimeterAssociated = control({
  id: 'perimeter-associated',
  scope: 'account',
  title: 'The account is associated with a network security perimeter.',
  severity: 'medium',
  rationale:
    'A perimeter puts the network rules of many resources in one place that a security team owns, denies what no rule admits, and is the only way to restrict where an account may connect to. Outside one, every account is as safe as its own settings.',
  remediation: {
    text: 'Associate the account with a profile of a perimeter, first in Learning mode (portal: Transition) to see what would be denied, then Enforced. An account needs a managed identity first.',
    cli: "az network perimeter association create --perimeter-name <perimeter> --resource-group <group> --name <association> --access-mode Learning --private-link-resource '{id:<account-id>}' --profile '{id:<profile-id>}'",
    bicep: "resource association 'Microsoft.Network/networkSecurityPerimeters/resourceAssociations@2025-05-01' = {\n  parent: perimeter\n  name: '<association>'\n  properties: {\n    accessMode: 'Learning'\n    privateLinkResource: {\n      id: account.id\n    }\n    profile: {\n      id: profile.id\n    }\n  }\n}",
  },
  references: ['https://learn.microsoft.com/azure/cosmos-db/how-to-configure-nsp', 'https://learn.microsoft.com/azure/private-link/network-security-perimeter-concepts'],
  requirements: ['NSP 1', 'NSP 5'],
  notApplicableWhen: 'the account serves another API than NoSQL and is in no perimeter',
  needs: ['account', 'associations'],
  evaluate({ account, associations }) {
    const observed = { apis: account.apis, associations: associations.length, perimeters: cut(associations.map(({ perimeterId }) => nameOf(perimeterId))) };
    if (associations.some(isWhole)) return pass(observed);
    if (associations.length === 0) {
      const reason = unsupported('perimeter', account);
      return reason === null ? fail('The account is in no network security perimeter.', observed) : notApplicable(reason, observed);
    }
    const halves = associations.flatMap(association => missingSide(association) ?? []);
    if (halves.length < associations.length) throw new Error('Neither side of an association was read.');
    return fail(`The account is in no perimeter that both sides know: ${listed(halves, '; ')}.`, observed);
  },
});
