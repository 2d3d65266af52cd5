import { control, fail, notApplicable, pass } from '../core/control.ts';
import { cut, listed } from './support.ts';

export const perimeterHealthy = control({
  id: 'perimeter-healthy',
  scope: 'account',
  title: "The account's perimeter is in force as configured: provisioned without issues, and both sides agree.",
  severity: 'high',
  rationale:
    "A perimeter's rules reach the account through a configuration that Azure copies to it. While that copy is missing, failed or behind, the portal shows one set of rules and the account applies another.",
  remediation: {
    text: "Open the perimeter's association and resolve the provisioning issues it shows, for example a missing managed identity. Where the two sides only differ, save the association again so that Azure copies it to the account anew.",
    cli: 'az network perimeter association show --perimeter-name <perimeter> --resource-group <group> --name <association>',
    bicep: "resource association 'Microsoft.Network/networkSecurityPerimeters/resourceAssociations@2025-05-01' = {\n  parent: perimeter\n  name: '<association>'\n  properties: {\n    accessMode: 'Enforced'\n    privateLinkResource: {\n      id: account.id\n    }\n    profile: {\n      id: profile.id\n    }\n  }\n}",
  },
  references: ['https://learn.microsoft.com/azure/private-link/network-security-perimeter-concepts', 'https://learn.microsoft.com/azure/cosmos-db/how-to-configure-nsp'],
  requirements: ['NSP 5'],
  notApplicableWhen: 'the account is in no perimeter',
  needs: ['perimeterHealth'],
  evaluate({ perimeterHealth: { associations, problems } }) {
    const observed = { associations, problems: cut(problems) };
    if (problems.length > 0) return fail(listed(problems, ' '), observed);
    return associations === 0 ? notApplicable('The account is in no network security perimeter.', observed) : pass(observed);
  },
});
