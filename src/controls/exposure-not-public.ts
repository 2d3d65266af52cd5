import { control, fail, pass } from '../core/control.ts';
import { isPublic } from '../core/exposure.ts';

export const exposureNotPublic = control({
  id: 'exposure-not-public',
  scope: 'account',
  title: 'Neither the Internet nor all of Azure can reach the account.',
  severity: 'critical',
  rationale:
    'Public network access, the firewall, private endpoints and network security perimeters decide together who can reach an account. Judged one at a time they mislead in both directions: a Disabled account can be opened by a perimeter in Learning mode, an Enabled one closed by an Enforced perimeter.',
  remediation: {
    text: 'Remove the rule that the finding names. Then close public access: associate the account with a network security perimeter in Enforced mode, or set publicNetworkAccess to Disabled and connect through private endpoints.',
    cli: 'az cosmosdb update --ids <account-id> --public-network-access DISABLED',
    bicep: "properties: {\n  publicNetworkAccess: 'Disabled'\n}",
  },
  references: [
    'https://learn.microsoft.com/azure/cosmos-db/how-to-configure-firewall',
    'https://learn.microsoft.com/azure/private-link/network-security-perimeter-transition',
  ],
  requirements: ['ASB NS-1', 'ASB NS-4', 'NSP 1', 'SEC network-security'],
  needs: ['exposure'],
  evaluate({ exposure: { reach, decidedBy, latent, explanation } }) {
    const observed = { reach, decidedBy, latent };
    return isPublic(reach) ? fail(explanation, observed) : pass(observed);
  },
});
