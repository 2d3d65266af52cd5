import type { Control } from '../core/control.ts';
import { exposureNotPublic } from './exposure-not-public.ts';
import { firewallRangesNarrow } from './firewall-ranges-narrow.ts';
import { perimeterInboundNarrow } from './perimeter-inbound-narrow.ts';

/** Every control that judges an account, sorted by id. */
export const accountControls: readonly Control<'account'>[] = [exposureNotPublic, firewallRangesNarrow];

/** Every control that judges a network security perimeter, sorted by id. */
export const perimeterControls: readonly Control<'perimeter'>[] = [perimeterInboundNarrow];
