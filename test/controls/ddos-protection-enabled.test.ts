import { expect, test } from 'vitest';
import { ddosProtectionEnabled } from '../../src/controls/ddos-protection-enabled.ts';
import { accountFacts, organisation } from '../support/builders.ts';
import { accountNetwork, nicId, otherNetworkId, publicAddress } from '../support/network-builders.ts';
import { specify } from '../support/specify.ts';

const open = accountNetwork({ ddosProtection: false });
const spoke = accountNetwork({ id: otherNetworkId, ddosProtection: false, residents: [`${nicId}-spoke`] });

specify(ddosProtectionEnabled, {
  passes: [
    { when: 'the network has a protection plan', observing: { networks: [{ network: 'hub', ddosProtection: true }], publicAddresses: 1, unprotected: [] } },
    { when: 'the address is protected by itself', given: { networks: [open], publicAddresses: [publicAddress({ protection: 'Enabled' })] } },
    { when: 'ids differ in case', given: { publicAddresses: [publicAddress({ residentId: nicId.toUpperCase() })] } },
    { when: 'a network without a plan has no public address', given: { networks: [accountNetwork(), spoke] } },
  ],
  fails: [
    { when: 'the network has no plan', given: { networks: [open] }, says: 'These public addresses have no DDoS protection: gateway in hub.', observing: { unprotected: [{ address: 'gateway', network: 'hub' }] } },
    { when: 'protection of the address is off, whatever the network has', given: { publicAddresses: [publicAddress({ protection: 'Disabled' })] }, says: 'gateway in hub' },
    { when: 'the address is in the network of two that has no plan', given: { networks: [accountNetwork(), spoke], publicAddresses: [publicAddress(), publicAddress({ id: '/publicIPAddresses/jump', residentId: `${nicId}-spoke` })] }, says: 'protection: jump in spoke.' },
    { when: 'one is not protected and another strange', given: { networks: [open], publicAddresses: [publicAddress({ protection: { unrecognised: 'Shared' } }), publicAddress()] }, says: 'gateway in hub' },
  ],
  doesNotApply: [
    { when: 'the account uses no network', given: { networks: [], publicAddresses: [] }, because: 'No virtual network rule and no approved private endpoint of the account uses a subnet that exists.' },
    { when: 'no resource in the networks has a public address', given: { networks: [open], publicAddresses: [] }, because: 'No network interface, gateway, firewall or bastion host in the networks that the account uses has a public address.' },
  ],
});

test.each([
  ['a mode that is new', { publicAddresses: [publicAddress({ protection: { unrecognised: 'Shared' } })] }, 'Public address gateway has a DDoS protection mode that this program does not know.'],
  ['an address in no network', { publicAddresses: [publicAddress({ residentId: null })] }, 'Public address gateway is in none of the networks.'],
])('%s stops the control instead of passing', (_, given, says) => {
  expect(() => ddosProtectionEnabled.judge(accountFacts(given), { now: new Date(0), parameters: {}, organisation: organisation() })).toThrow(says);
});
