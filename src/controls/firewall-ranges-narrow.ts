import { z } from 'zod';
import { control, fail, pass } from '../core/control.ts';
import { size, union } from '../exposure/address-set.ts';
import { cut, isWider, listed } from './support.ts';

export const firewallRangesNarrow = control({
  id: 'firewall-ranges-narrow',
  scope: 'account',
  title: 'Each IP rule, and all of them together, admit few addresses.',
  severity: 'medium',
  rationale: 'A wide range lets in machines nobody has vouched for, and hides whose they are.',
  remediation: {
    text: 'Replace wide ranges by the addresses that need access, or connect those networks through private endpoints.',
    cli: "az cosmosdb update --ids <account-id> --ip-range-filter '198.51.100.7,198.51.100.32/28'",
    bicep: "properties: {\n  ipRules: [\n    { ipAddressOrRange: '198.51.100.32/28' }\n  ]\n}",
  },
  references: ['https://learn.microsoft.com/azure/cosmos-db/how-to-configure-firewall'],
  requirements: ['ASB NS-1', 'SEC network-security'],
  parameters: z.object({
    addressesPerRange: z.int().positive().default(256).describe('Most addresses that one IP rule may admit.'),
    addressesInTotal: z.int().positive().default(2048).describe('Most addresses that all IP rules together may admit.'),
  }),
  needs: ['firewall'],
  evaluate({ firewall: { ranges } }, { parameters: { addressesPerRange, addressesInTotal } }) {
    const wide = ranges.filter(range => isWider(range, addressesPerRange)).map(range => range.text);
    const total = size(union(ranges));
    const observed = { ipRules: ranges.length, addresses: Number(total), wide: cut(wide) };
    if (wide.length > 0) return fail(`${wide.length} of ${ranges.length} IP rules admit more than ${addressesPerRange} addresses: ${listed(wide)}.`, observed);
    if (total > BigInt(addressesInTotal)) return fail(`The IP rules admit ${total} addresses together, more than ${addressesInTotal}.`, observed);
    return pass(observed);
  },
});
