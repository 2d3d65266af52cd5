import { firewallNoAzureDatacenters } from '../../src/controls/firewall-no-azure-datacenters.ts';
import { firewall } from '../support/builders.ts';
import { specify } from '../support/specify.ts';

specify(firewallNoAzureDatacenters, {
  passes: [
    { when: 'there are no IP rules', given: { firewall: firewall() } },
    { when: 'a range only ends in 0.0.0', given: { firewall: firewall('20.0.0.0/16') } },
    { when: '0.0.0.0/0 is there, which is the Internet and another control', given: { firewall: firewall('0.0.0.0/0') }, observing: { azureDatacenters: false } },
  ],
  fails: [
    {
      when: '0.0.0.0 is among the rules',
      given: { firewall: firewall('203.0.113.7', '0.0.0.0') },
      says: 'every Azure datacenter, other tenants included',
      observing: { ranges: 1, azureDatacenters: true },
    },
    { when: 'it is written with a prefix', given: { firewall: firewall('0.0.0.0/32') }, says: '0.0.0.0' },
  ],
});
