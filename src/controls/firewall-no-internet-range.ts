import { control, fail, pass } from '../core/control.ts';
import { coversInternet, shareOfInternet, union } from '../exposure/address-set.ts';
import { cut, listed } from './support.ts';

export const firewallNoInternetRange = control({
  id: 'firewall-no-internet-range',
  scope: 'account',
  title: 'The IP rules together do not cover the Internet.',
  severity: 'critical',
  rationale:
    'A firewall whose rules add up to the whole Internet is no firewall, whether one rule says 0.0.0.0/0 or several halves and quarters do. It looks configured, so reviews and simpler checks pass it.',
  remediation: {
    text: 'Replace the ranges by the addresses that need access. Where nothing needs public access, set publicNetworkAccess to Disabled: removing the last rule would turn the firewall off.',
    cli: "az cosmosdb update --ids <account-id> --ip-range-filter '198.51.100.7,198.51.100.32/28'",
    bicep: "properties: {\n  ipRules: [\n    { ipAddressOrRange: '198.51.100.32/28' }\n  ]\n}",
  },
  references: ['https://learn.microsoft.com/azure/cosmos-db/how-to-configure-firewall'],
  requirements: ['ASB NS-1', 'SEC network-security'],
  needs: ['firewall'],
  evaluate({ firewall: { ranges } }) {
    const all = union(ranges);
    const widest = ranges.toSorted((a, b) => Number(b.last - b.first - (a.last - a.first))).map(range => range.text);
    const observed = { ipRules: ranges.length, shareOfInternet: shareOfInternet(all), widest: cut(widest) };
    if (!coversInternet(all)) return pass(observed);
    const alone = ranges.find(range => coversInternet(union([range])));
    return fail(alone ? `IP rule ${alone.text} covers the Internet.` : `${ranges.length} IP rules together cover the Internet: ${listed(widest)}.`, observed);
  },
});
