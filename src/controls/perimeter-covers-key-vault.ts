import { control, fail, notApplicable, pass } from '../core/control.ts';
import { nameOf } from '../core/resource-id.ts';
import { associationInShort } from './key-vault-association.ts';
import { cut, listed } from './support.ts';

export const perimeterCoversKeyVault = control({
  id: 'perimeter-covers-key-vault',
  scope: 'account',
  title: "The key vault of the account's key is in the account's perimeter, or in one that an approved link connects.",
  severity: 'medium',
  rationale:
    "The account unwraps its data with the vault's key all the time. Inside one perimeter that traffic needs no rule and no public access; a vault outside has to stay open to others, and an account whose calls to the vault are denied stops serving within the hour.",
  remediation: {
    text: "Associate the key vault with the account's perimeter, in Learning mode first, or link the two perimeters so that the vault's profile admits the account's.",
    cli: "az network perimeter association create --perimeter-name <perimeter> --resource-group <group> --name <association> --access-mode Learning --private-link-resource \"{id:<key-vault-id>}\" --profile \"{id:<profile-id>}\"",
    bicep: "resource association 'Microsoft.Network/networkSecurityPerimeters/resourceAssociations@2025-05-01' = {\n  parent: perimeter\n  name: '<association>'\n  properties: {\n    accessMode: 'Enforced'\n    privateLinkResource: {\n      id: keyVault.id\n    }\n    profile: {\n      id: profile.id\n    }\n  }\n}",
  },
  references: ['https://learn.microsoft.com/azure/cosmos-db/how-to-configure-nsp', 'https://learn.microsoft.com/azure/private-link/network-security-perimeter-concepts'],
  requirements: ['NSP 2'],
  notApplicableWhen: "Microsoft manages the account's key or the account is in no perimeter",
  needs: ['keyVaultMembership'],
  evaluate({ keyVaultMembership }) {
    if (keyVaultMembership.state === 'noKey') return notApplicable("Microsoft manages the account's key.", { customerManagedKey: false });
    if (keyVaultMembership.state === 'noPerimeter') return notApplicable('The account is in no network security perimeter.', { customerManagedKey: true, perimeters: [] });
    const { vault, associations } = keyVaultMembership;
    const perimeters = keyVaultMembership.perimeters.map(nameOf);
    const observed = { vault, perimeters: cut(perimeters), associations: cut(associations.map(associationInShort)) };
    if (associations.some(({ relation }) => relation !== 'separate')) return pass(observed);
    if (associations.length === 0) return fail(`Key vault ${vault} is in no perimeter that was read; the account is in ${listed(perimeters)}.`, observed);
    const others = [...new Set(associations.map(({ perimeterId }) => nameOf(perimeterId)))];
    return fail(`Key vault ${vault} is in perimeter ${listed(others)}, where no approved link lets the account's perimeter ${listed(perimeters)} in.`, observed);
  },
});
