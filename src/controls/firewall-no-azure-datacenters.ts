import { control, fail, pass } from '../core/control.ts';

export const firewallNoAzureDatacenters = control({
  id: 'firewall-no-azure-datacenters',
  scope: 'account',
  title: 'The IP rules do not admit all Azure datacenters.',
  severity: 'high',
  rationale:
    '0.0.0.0 in the IP rules stands for every Azure datacenter address. Anybody with an Azure subscription, in any tenant, can send requests from there, so it narrows the firewall very little.',
  remediation: {
    text: 'Replace 0.0.0.0 by the addresses that need access, by virtual network rules or by private endpoints. Where 0.0.0.0 is the only rule, set publicNetworkAccess to Disabled first: without any rule the firewall is off and admits everybody.',
    cli: "az cosmosdb update --ids <account-id> --ip-range-filter '198.51.100.7,198.51.100.32/28'",
    bicep: "properties: {\n  ipRules: [\n    { ipAddressOrRange: '198.51.100.32/28' }\n  ]\n}",
  },
  references: ['https://learn.microsoft.com/azure/cosmos-db/how-to-configure-firewall#allow-requests-from-global-azure-datacenters-or-other-sources-within-azure'],
  requirements: ['ASB NS-1', 'SEC network-security'],
  needs: ['firewall'],
  evaluate({ firewall: { ranges, azureDatacenters } }) {
    const observed = { ranges: ranges.length, azureDatacenters };
    return azureDatacenters ? fail('IP rule 0.0.0.0 admits every Azure datacenter, other tenants included.', observed) : pass(observed);
  },
});
