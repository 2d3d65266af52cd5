import { manualControl } from '../core/control.ts';

export const edgeProtectionInPlace = manualControl({
  id: 'edge-protection-in-place',
  title: 'Applications in front of the accounts are protected by a web application firewall, an egress firewall and DDoS protection.',
  severity: 'medium',
  rationale:
    "An account that only its application can reach is as safe as that application: whoever takes it over through the web reads data with its identity. The account's own network settings say nothing about it.",
  remediation: {
    text: 'Publish the application through Application Gateway or Front Door with a WAF policy in prevention mode, close every way round it, send outbound traffic through Azure Firewall, and enable DDoS protection on networks with public addresses.',
  },
  references: ['https://learn.microsoft.com/azure/web-application-firewall/overview', 'https://learn.microsoft.com/azure/firewall/overview', 'https://learn.microsoft.com/azure/ddos-protection/ddos-protection-overview'],
  requirements: ['ASB NS-4'],
  procedure: [
    'List the applications that use Cosmos DB and have an address on the Internet. The sign-ins to the accounts (CDBDataPlaneRequests: AadPrincipalId, ClientIpAddress) and the owners of the accounts tell which they are.',
    'For each, check that the name resolves to Application Gateway or Front Door, and that its WAF policy is enabled, in mode Prevention and on a current managed rule set (`az network application-gateway waf-policy list`, `az network front-door waf-policy list`).',
    "Try the application's own address past the gateway, for example <app>.azurewebsites.net: it must refuse.",
    'Check that the subnets of the application send outbound traffic to a firewall (`az network route-table route list`: 0.0.0.0/0 to a virtual appliance), whose rules name where it may go.',
    'Check that networks with public addresses have a DDoS protection plan, or their addresses DDoS IP protection.',
    'Record the list of applications with the WAF policy, route table and plan of each. Attest when every one is covered.',
  ],
});
