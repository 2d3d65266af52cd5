import { control, fail, pass } from '../core/control.ts';
import type { LatentRisk } from '../core/exposure.ts';

/** Null where another control answers: `bypass-resources-trusted`. */
const messages: Readonly<Record<LatentRisk, string | null>> = {
  lastPrivateEndpoint: 'Public network access is Enabled without a firewall: the account opens to the whole Internet when its last approved private endpoint goes.',
  learningOpensDisabled: 'Public network access is Disabled, yet a perimeter association that is not Enforced (Learning or Audit) lets its inbound rules in.',
  bypassResources: null,
};

export const exposureNotLatent = control({
  id: 'exposure-not-latent',
  scope: 'account',
  title: 'No change elsewhere opens the account: neither the loss of a private endpoint nor a perimeter that is not Enforced.',
  severity: 'high',
  rationale:
    "Two settings look closed and are not. An Enabled account without a firewall is closed only as long as it has an approved private endpoint: delete the endpoint and the Internet is in. A Disabled account in a perimeter that is not Enforced admits whatever the perimeter's inbound rules admit, today or after the next rule change.",
  remediation: {
    text: 'Set publicNetworkAccess to Disabled, so that nothing opens when the last private endpoint goes. Where the account is in a network security perimeter, set the association to Enforced.',
    cli: [
      'az cosmosdb update --ids <account-id> --public-network-access DISABLED',
      'az network perimeter association update --perimeter-name <perimeter> --resource-group <group> --name <association> --access-mode Enforced',
    ].join('\n'),
    bicep: "properties: {\n  publicNetworkAccess: 'Disabled'\n}",
  },
  references: [
    'https://learn.microsoft.com/azure/cosmos-db/how-to-configure-private-endpoints',
    'https://learn.microsoft.com/azure/private-link/network-security-perimeter-transition',
  ],
  requirements: ['ASB NS-1'],
  needs: ['exposure'],
  evaluate({ exposure: { reach, decidedBy, latent } }) {
    const observed = { reach, decidedBy, latent };
    const risks = latent.flatMap(risk => messages[risk] ?? []);
    return risks.length > 0 ? fail(risks.join(' '), observed) : pass(observed);
  },
});
