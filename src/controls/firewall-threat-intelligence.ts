import { manualControl } from '../core/control.ts';

export const firewallThreatIntelligence = manualControl({
  id: 'firewall-threat-intelligence',
  title: 'Azure Firewall in front of networks with Cosmos DB clients blocks traffic to and from known malicious addresses.',
  severity: 'low',
  rationale: 'A client that was taken over calls home before it copies data. Filtering by threat intelligence stops the call and raises an alert, at no effort per rule.',
  remediation: {
    text: 'Set the threat intelligence mode of the firewall policy to Deny (alert and deny), keep its allow list short, collect its logs, and act on its alerts. On the Premium tier enable intrusion detection in the same way.',
  },
  references: ['https://learn.microsoft.com/azure/firewall/threat-intel', 'https://learn.microsoft.com/azure/firewall/premium-features'],
  requirements: ['ASB NS-5'],
  procedure: [
    'List the firewall policies of networks that hold clients or private endpoints of Cosmos DB: `az network firewall policy list --query "[].{name:name, mode:threatIntelMode, allowed:threatIntelWhitelist}"`.',
    'The mode must be Deny for each. A policy inherits a stricter mode from its parent: check the parent where there is one.',
    'Read the allow list. Each entry needs a reason and an owner; remove the rest.',
    "Check that the firewall's logs reach the workspace: `AZFWThreatIntel | where TimeGenerated > ago(30d) | summarize hits = count() by Action, SourceIp, Fqdn`. The table may be empty only when the category is collected and nothing was blocked.",
    'Open the last three alerts and see who dealt with them. Attest when the mode, the list and the handling are in order.',
  ],
});
