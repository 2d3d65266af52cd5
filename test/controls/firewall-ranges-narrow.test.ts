import { firewallRangesNarrow } from '../../src/controls/firewall-ranges-narrow.ts';
import { firewall } from '../support/builders.ts';
import { specify } from '../support/specify.ts';

specify(firewallRangesNarrow, {
  passes: [
    { when: 'there are no IP rules', given: { firewall: firewall() } },
    { when: 'a range has exactly the limit', given: { firewall: firewall('20.1.2.0/24') }, observing: { addresses: 256 } },
    { when: 'overlapping ranges are counted once', given: { firewall: firewall('20.1.2.0/24', '20.1.2.0/25') }, observing: { addresses: 256 } },
    { when: 'the limit is raised', given: { firewall: firewall('20.1.0.0/16') }, parameters: { addressesPerRange: 65_536, addressesInTotal: 65_536 } },
  ],
  fails: [
    { when: 'a range exceeds the limit', given: { firewall: firewall('20.1.2.0/23') }, says: '20.1.2.0/23' },
    {
      when: 'many narrow ranges exceed the total',
      given: { firewall: firewall(...Array.from({ length: 9 }, (_, i) => `20.1.${2 * i}.0/24`)) },
      says: 'admit 2304 addresses together',
    },
  ],
});
