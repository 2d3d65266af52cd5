import type { Api } from '../core/account.ts';
import { control, fail, notApplicable, pass } from '../core/control.ts';
import { portalAddresses, portalAddressesAsOf, type PortalAddresses } from './data/portal-addresses.ts';
import { listed } from './support.ts';

export const firewallPortalAddresses = control({
  id: 'firewall-portal-addresses',
  scope: 'account',
  title: "The IP rules hold no address of the Azure portal, or exactly the ones documented for the account's API.",
  severity: 'info',
  rationale:
    "Rules for the portal's services are copied once and forgotten. Retired addresses keep admitting whoever gets them next, and half a list neither keeps the portal out nor makes its data explorer work.",
  remediation: {
    text: "On the account's Networking page, select Remove Azure Portal (Legacy) Middleware IPs, or add the current ones, and save. Compare with the documented list first: it changes. Where no rule would be left, set publicNetworkAccess to Disabled first: without any rule the firewall is off.",
    cli: "az cosmosdb update --ids <account-id> --ip-range-filter '<your-range>,13.91.105.215,4.210.172.107,13.88.56.148,40.91.218.243'",
    bicep: "properties: {\n  ipRules: [\n    { ipAddressOrRange: '<your-range>' }\n    { ipAddressOrRange: '13.91.105.215' }\n    { ipAddressOrRange: '4.210.172.107' }\n    { ipAddressOrRange: '13.88.56.148' }\n    { ipAddressOrRange: '40.91.218.243' }\n  ]\n}",
  },
  references: ['https://learn.microsoft.com/azure/cosmos-db/how-to-configure-firewall#azure-portal-middleware-ip-addresses'],
  requirements: ['ASB NS-1', 'SEC network-security'],
  notApplicableWhen: 'the cloud has no documented portal addresses',
  needs: ['account', 'firewall'],
  evaluate({ account: { apis }, firewall: { ranges } }, { organisation: { cloud } }) {
    const documented = portalAddresses[cloud];
    if (!documented) return notApplicable(`No portal addresses are documented for the cloud "${cloud}".`, { cloud });
    const found = compare(documented, apis, new Set(ranges.map(range => range.text.replace(/\/32$/, ''))));
    const observed = { cloud, documented: portalAddressesAsOf, ...found };
    const { retired, missing, needless } = found;
    const problems = [
      ...(retired.length > 0 ? [`retired: ${listed(retired)}`] : []),
      ...(missing.length > 0 ? [`missing: ${listed(missing)}`] : []),
      ...(needless.length > 0 ? [`not for this account's API: ${listed(needless)}`] : []),
    ];
    if (problems.length === 0) return pass(observed);
    return fail(`The portal addresses among the IP rules are not the set documented on ${portalAddressesAsOf} (${problems.join('; ')}).`, observed);
  },
});

/** How the rules that are single addresses differ from the documented set. Without a current address, none is missing. */
function compare({ all, mongodb, cassandra, retired }: PortalAddresses, apis: readonly Api[], rules: ReadonlySet<string>) {
  const expected = [...all, ...(apis.includes('mongodb') ? mongodb : []), ...(apis.includes('cassandra') ? cassandra : [])];
  const current = [...all, ...mongodb, ...cassandra].filter(address => rules.has(address));
  return {
    current,
    retired: retired.filter(address => rules.has(address)),
    missing: current.length > 0 ? expected.filter(address => !rules.has(address)) : [],
    needless: current.filter(address => !expected.includes(address)),
  };
}
