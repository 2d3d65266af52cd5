import { firewallNoInternetRange } from '../../src/controls/firewall-no-internet-range.ts';
import { firewall } from '../support/builders.ts';
import { specify } from '../support/specify.ts';

const eighths = Array.from({ length: 8 }, (_, i) => `${32 * i}.0.0.0/3`);

specify(firewallNoInternetRange, {
  passes: [
    { when: 'there are no IP rules', given: { firewall: firewall() }, observing: { shareOfInternet: 0 } },
    { when: 'a range is wide but not the Internet', given: { firewall: firewall('20.0.0.0/8') } },
    { when: 'half of the Internet is left out', given: { firewall: firewall('0.0.0.0/1') } },
    { when: '0.0.0.0 is there, which is not the Internet', given: { firewall: firewall('0.0.0.0') } },
  ],
  fails: [
    {
      when: 'one rule is 0.0.0.0/0',
      given: { firewall: firewall('203.0.113.7', '0.0.0.0/0') },
      says: 'IP rule 0.0.0.0/0 covers the Internet.',
      observing: { ipRules: 2, shareOfInternet: 1 },
    },
    { when: 'two halves make it up', given: { firewall: firewall('0.0.0.0/1', '128.0.0.0/1') }, says: '2 IP rules together cover the Internet: 0.0.0.0/1, 128.0.0.0/1.' },
    { when: 'it is covered over IPv6', given: { firewall: firewall('2000::/3') }, says: '2000::/3 covers the Internet' },
    {
      when: 'many parts make it up, of which the widest are named',
      given: { firewall: firewall('203.0.113.7', ...eighths) },
      says: '64.0.0.0/3, 96.0.0.0/3, 128.0.0.0/3 and 4 more',
    },
  ],
});
