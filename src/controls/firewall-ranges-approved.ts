import type { AddressRange } from '../core/address.ts';
import { control, fail, notApplicable, pass } from '../core/control.ts';
import { contains, coversInternet, parseRange, union } from '../exposure/address-set.ts';
import { isAzureDatacenters } from '../exposure/firewall.ts';
import { cut, listed } from './support.ts';

export const firewallRangesApproved = control({
  id: 'firewall-ranges-approved',
  scope: 'account',
  title: 'Every IP rule lies within the ranges that the organisation approved.',
  severity: 'medium',
  rationale:
    "Narrow is not the same as known: one address of somebody's home is a narrow rule. Comparing rules with the ranges the organisation owns finds the ones that nobody asked for, and a part of an approved range is as good as the range.",
  remediation: {
    text: 'Remove the rules that the finding names, or approve their ranges in the baseline (approvedRanges). Where no rule would be left, set publicNetworkAccess to Disabled first: without any rule the firewall is off and admits everybody.',
    cli: "az cosmosdb update --ids <account-id> --ip-range-filter '<approved-range>,<approved-range>'",
    bicep: "properties: {\n  ipRules: [\n    { ipAddressOrRange: '<approved-range>' }\n  ]\n}",
  },
  references: ['https://learn.microsoft.com/azure/cosmos-db/how-to-configure-firewall'],
  requirements: ['ASB NS-1', 'SEC network-security'],
  notApplicableWhen: 'the organisation has not given approved ranges',
  needs: ['firewall'],
  evaluate({ firewall: { ranges, azureDatacenters } }, { organisation: { approvedRanges } }) {
    const rules = ranges.length + (azureDatacenters ? 1 : 0);
    if (approvedRanges.length === 0) return notApplicable('The organisation has not given approved ranges (approvedRanges).', { ipRules: rules });
    const approved = union(approvedRanges.filter(text => !isAzureDatacenters(text)).map(parsed));
    const outside = ranges.filter(range => !contains(approved, range)).map(range => range.text);
    if (azureDatacenters && !approvedRanges.some(isAzureDatacenters) && !coversInternet(approved)) outside.unshift('0.0.0.0 (all Azure datacenters)');
    const observed = { ipRules: rules, outside: cut(outside), approvedRanges: cut(approvedRanges) };
    return outside.length > 0 ? fail(`${outside.length} of ${rules} IP rules lie outside the approved ranges: ${listed(outside)}.`, observed) : pass(observed);
  },
});

function parsed(text: string): AddressRange {
  const range = parseRange(text);
  if (!range) throw new Error(`Approved range "${text}" is not an address or CIDR range.`);
  return range;
}
