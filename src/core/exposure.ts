import type { AccessMode } from './perimeter.ts';

/** From most to least open. The most open path that exists decides. */
export const reaches = ['internet', 'allAzure', 'selectedNetworks', 'perimeterRules', 'privateOnly', 'closed'] as const;
export type KnownReach = (typeof reaches)[number];
export type Reach = KnownReach | 'unknown';

/**
 * What would open the account, or partly does, without showing in `reach`.
 * - `lastPrivateEndpoint`: public access is on without a firewall; only an approved private endpoint keeps it closed.
 * - `learningOpensDisabled`: public access is Disabled, yet a Learning or Audit association lets perimeter rules in.
 * - `bypassResources`: resource ids that pass every rule, public access Disabled included.
 */
export type LatentRisk = 'lastPrivateEndpoint' | 'learningOpensDisabled' | 'bypassResources';

/** `unknown` is never reported as closed. */
export type Outbound = 'open' | 'perimeterRules' | 'denied' | 'unknown';

/** Who can reach an account over the network, and why: DESIGN.md, "Effective exposure". */
export interface Exposure {
  readonly reach: Reach;
  readonly outbound: Outbound;
  /**
   * Whether Azure services on the account's trusted list get in. Microsoft's pages contradict each other for an
   * account that a perimeter secures, so that case is unknown.
   */
  readonly trustedServices: 'off' | 'on' | 'unknown';
  /** The rule or setting that decides `reach`, short enough for a table cell. */
  readonly decidedBy: string;
  readonly latent: readonly LatentRisk[];
  /** Perimeters the account is associated with, in order of id, as far as they are known. */
  readonly perimeters: readonly ExposurePerimeter[];
  /** A sentence or two for a person. */
  readonly explanation: string;
}

export interface ExposurePerimeter {
  /** As Azure wrote it. */
  readonly id: string;
  /** The mode that counts; null where it is not known. */
  readonly accessMode: AccessMode | null;
}

export function isPublic(reach: Reach): boolean {
  return reach === 'internet' || reach === 'allAzure';
}
