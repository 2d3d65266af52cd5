import type { Control } from '../core/control.ts';
import { bypassResourcesTrusted } from './bypass-resources-trusted.ts';
import { corsNoWildcard } from './cors-no-wildcard.ts';
import { exposureNotLatent } from './exposure-not-latent.ts';
import { exposureNotPublic } from './exposure-not-public.ts';
import { firewallNoAzureDatacenters } from './firewall-no-azure-datacenters.ts';
import { firewallNoInternetRange } from './firewall-no-internet-range.ts';
import { firewallPortalAddresses } from './firewall-portal-addresses.ts';
import { firewallRangesApproved } from './firewall-ranges-approved.ts';
import { firewallRangesNarrow } from './firewall-ranges-narrow.ts';
import { perimeterAssociated } from './perimeter-associated.ts';
import { perimeterEnforced } from './perimeter-enforced.ts';
import { perimeterHealthy } from './perimeter-healthy.ts';
import { perimeterIdentityPresent } from './perimeter-identity-present.ts';
import { perimeterInUse } from './perimeter-in-use.ts';
import { perimeterInboundNarrow } from './perimeter-inbound-narrow.ts';
import { perimeterInboundSubscriptionsTrusted } from './perimeter-inbound-subscriptions-trusted.ts';
import { perimeterLinksNarrow } from './perimeter-links-narrow.ts';
import { perimeterLogsCollected } from './perimeter-logs-collected.ts';
import { perimeterOutboundNarrow } from './perimeter-outbound-narrow.ts';
import { publicAccessSecuredByPerimeter } from './public-access-secured-by-perimeter.ts';
import { trustedServicesBypassOff } from './trusted-services-bypass-off.ts';
import { virtualNetworkRulesEffective } from './virtual-network-rules-effective.ts';

/** Every control that judges an account, sorted by id. */
export const accountControls: readonly Control<'account'>[] = [
  bypassResourcesTrusted,
  corsNoWildcard,
  exposureNotLatent,
  exposureNotPublic,
  firewallNoAzureDatacenters,
  firewallNoInternetRange,
  firewallPortalAddresses,
  firewallRangesApproved,
  firewallRangesNarrow,
  perimeterAssociated,
  perimeterEnforced,
  perimeterHealthy,
  perimeterIdentityPresent,
  publicAccessSecuredByPerimeter,
  trustedServicesBypassOff,
  virtualNetworkRulesEffective,
];

/** Every control that judges a network security perimeter, sorted by id. */
export const perimeterControls: readonly Control<'perimeter'>[] = [
  perimeterInUse,
  perimeterInboundNarrow,
  perimeterInboundSubscriptionsTrusted,
  perimeterLinksNarrow,
  perimeterLogsCollected,
  perimeterOutboundNarrow,
];
