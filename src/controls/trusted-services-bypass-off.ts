import { control, fail, pass } from '../core/control.ts';

export const trustedServicesBypassOff = control({
  id: 'trusted-services-bypass-off',
  scope: 'account',
  title: "Azure services do not bypass the account's firewall.",
  severity: 'medium',
  rationale:
    'networkAclBypass AzureServices lets the resources named in networkAclBypassResourceIds past every network rule, with public network access Disabled too. Synapse Link and Fabric mirroring need it; elsewhere it is a door that one more resource id opens.',
  remediation: {
    text: 'Set networkAclBypass to None. Where Synapse Link or Fabric mirroring needs the bypass, exempt the account in the baseline and say why.',
    cli: 'az cosmosdb update --ids <account-id> --network-acl-bypass None',
    bicep: "properties: {\n  networkAclBypass: 'None'\n}",
  },
  references: ['https://learn.microsoft.com/azure/cosmos-db/analytical-store-private-endpoints'],
  requirements: ['ASB NS-1'],
  needs: ['account'],
  evaluate({ account: { trustedServicesBypass, bypassResourceIds } }) {
    const observed = { trustedServicesBypass, bypassResourceIds: bypassResourceIds.length };
    if (!trustedServicesBypass) return pass(observed);
    const named = bypassResourceIds.length === 0 ? 'no resource is named yet' : `${bypassResourceIds.length} named in networkAclBypassResourceIds`;
    return fail(`networkAclBypass is AzureServices: resources of Azure services pass every network rule (${named}).`, observed);
  },
});
