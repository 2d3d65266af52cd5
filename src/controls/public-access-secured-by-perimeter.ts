import { control, fail, notApplicable, pass } from '../core/control.ts';
import { nameOf } from '../core/resource-id.ts';
import { shortened } from '../exposure/firewall.ts';
import { cut, listed, missingSide } from './support.ts';

export const publicAccessSecuredByPerimeter = control({
  id: 'public-access-secured-by-perimeter',
  scope: 'account',
  title: 'An account in a perimeter leaves public access to it (SecuredByPerimeter, or Disabled), and only such an account does.',
  severity: 'medium',
  rationale:
    "With public network access Enabled, the account's own firewall takes over whenever the perimeter is not Enforced or the association is removed. SecuredByPerimeter denies instead. The other way round, SecuredByPerimeter without a perimeter locks everybody out: mostly a rollout that stopped halfway.",
  remediation: {
    text: 'Set publicNetworkAccess to SecuredByPerimeter where the account is in a perimeter. Where it is SecuredByPerimeter and in none, associate it, or set Disabled if it is to stay closed.',
    cli: 'az cosmosdb update --ids <account-id> --public-network-access SECUREDBYPERIMETER',
    bicep: "properties: {\n  publicNetworkAccess: 'SecuredByPerimeter'\n}",
  },
  references: ['https://learn.microsoft.com/azure/private-link/network-security-perimeter-transition'],
  requirements: ['NSP 1'],
  notApplicableWhen: 'the account is in no perimeter and does not leave public access to one',
  needs: ['account', 'associations'],
  evaluate({ account: { publicNetworkAccess }, associations }) {
    const setting = typeof publicNetworkAccess === 'object' ? shortened(publicNetworkAccess.unrecognised) : publicNetworkAccess;
    const names = associations.map(({ perimeterId }) => nameOf(perimeterId));
    const observed = { publicNetworkAccess: setting, perimeters: cut(names) };
    const halves = associations.flatMap(association => missingSide(association) ?? []);
    if (publicNetworkAccess === 'SecuredByPerimeter') {
      if (halves.length < associations.length) return pass(observed);
      const why = halves.length > 0 ? listed(halves, '; ') : 'the account is in no perimeter';
      return fail(`publicNetworkAccess is SecuredByPerimeter, but ${why}: nobody gets in, which may be a rollout that stopped halfway.`, observed);
    }
    if (associations.length === 0) return notApplicable('The account is in no network security perimeter.', observed);
    if (publicNetworkAccess === 'Disabled') return pass(observed);
    if (publicNetworkAccess === 'Enabled') return fail(`publicNetworkAccess is Enabled although the account is in perimeter ${listed(names)}.`, observed);
    return fail(`publicNetworkAccess is "${setting}", which this version does not know, although the account is in perimeter ${listed(names)}.`, observed);
  },
});
