import { privateNetworksConnected } from '../../src/controls/private-networks-connected.ts';
import { specifyManual } from '../support/specify-manual.ts';

specifyManual(privateNetworksConnected, {
  answers: ['ASB NS-2'],
  looksAt: ['ExpressRoute', 'VPN', 'az network vnet peering list', 'private address'],
});
