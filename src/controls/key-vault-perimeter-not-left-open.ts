import { control, fail, notApplicable, pass } from '../core/control.ts';
import type { KeyVaultAssociation } from '../core/key-vault.ts';
import { nameOf } from '../core/resource-id.ts';
import { shortened } from '../exposure/firewall.ts';
import { modeInWords } from '../exposure/truth-table.ts';
import { associationInShort } from './key-vault-association.ts';
import { cut, listed } from './support.ts';

export const keyVaultPerimeterNotLeftOpen = control({
  id: 'key-vault-perimeter-not-left-open',
  scope: 'account',
  title: "The perimeter of the key vault of the account's key is Enforced: what a restore relaxed was closed again.",
  severity: 'medium',
  rationale:
    "To restore an account with a customer-managed key, the key vault's perimeter has to be relaxed for a while. Forgotten afterwards, the vault that can decrypt the data is held by nothing but its own firewall.",
  remediation: {
    text: "Set the key vault's association back to Enforced when no restore is under way.",
    cli: 'az network perimeter association update --perimeter-name <perimeter> --resource-group <group> --name <association> --access-mode Enforced',
    bicep: "resource association 'Microsoft.Network/networkSecurityPerimeters/resourceAssociations@2025-05-01' = {\n  parent: perimeter\n  name: '<association>'\n  properties: {\n    accessMode: 'Enforced'\n    privateLinkResource: {\n      id: keyVault.id\n    }\n    profile: {\n      id: profile.id\n    }\n  }\n}",
  },
  references: ['https://learn.microsoft.com/azure/cosmos-db/how-to-configure-nsp', 'https://learn.microsoft.com/azure/private-link/network-security-perimeter-transition'],
  requirements: ['NSP 9'],
  notApplicableWhen: "Microsoft manages the account's key, or the account or the key vault is in no perimeter",
  needs: ['keyVaultMembership'],
  evaluate({ keyVaultMembership }) {
    if (keyVaultMembership.state === 'noKey') return notApplicable("Microsoft manages the account's key.", { customerManagedKey: false });
    if (keyVaultMembership.state === 'noPerimeter') return notApplicable('The account is in no network security perimeter.', { customerManagedKey: true, perimeters: [] });
    const { vault, associations } = keyVaultMembership;
    const observed = { vault, associations: cut(associations.map(associationInShort)) };
    if (associations.length === 0) return notApplicable(`Key vault ${vault} is in no perimeter that was read.`, observed);
    const open = associations.filter(({ accessMode }) => accessMode !== 'Enforced');
    return open.length > 0 ? fail(`Key vault ${vault} is not held by its perimeter: ${listed(open.map(inWords), '; ')}.`, observed) : pass(observed);
  },
});

function inWords({ perimeterId, accessMode }: KeyVaultAssociation): string {
  const mode = typeof accessMode === 'object' ? `"${shortened(accessMode.unrecognised)}", which this version does not know` : modeInWords(accessMode);
  return `perimeter ${nameOf(perimeterId)} is in mode ${mode}`;
}
