import type { Resource } from './assessment.ts';
import type { KnownReach, Reach } from './exposure.ts';
import type { Severity, Status } from './finding.ts';

/** A status by which a control says something. */
export type VerdictStatus = Exclude<Status, 'unknown'>;

/**
 * What scans leave behind of one subscription, or of all that belongs to none (perimeters, tenants), so that the next
 * one can tell what is different. It is a copy of what the rows say, without their texts.
 */
export interface Memory {
  /** Of the latest scan that is in it. */
  readonly scanTime: Date;
  /** Time of the last scan that wrote rows for everything it saw; null while there was none. */
  readonly fullAt: Date | null;
  /** By resource id in lower case. */
  readonly resources: ReadonlyMap<string, RememberedResource>;
}

/** What a resource was when it was last seen. */
export interface RememberedResource extends Omit<Resource, 'tags'> {
  /** Of the scan that saw it last. */
  readonly scanTime: Date;
  /** Of what its row says; null where it is not sure what the last row says, so that the next scan writes it again. */
  readonly digest: number | null;
  /** Null for resources without one. */
  readonly reach: Reach | null;
  /** The last reach that was known; null while there was none. */
  readonly knownReach: KnownReach | null;
  /** Time of the scan since which the reach is what it is; null for resources without one. */
  readonly reachSince: Date | null;
  /** By control id. */
  readonly findings: ReadonlyMap<string, RememberedFinding>;
}

/** What a finding was when its resource was last seen. */
export interface RememberedFinding {
  readonly status: Status;
  /** The last status that was not unknown; null while there was none. */
  readonly verdict: VerdictStatus | null;
  readonly severity: Severity;
  /** Time of the scan since which the status is what it is. */
  readonly since: Date;
  /** Time of the scan since which the last verdict is fail; null where it is another, or none. */
  readonly failingSince: Date | null;
  /** Of what its row says, the exemption left out; null where it is not sure what the last row says. */
  readonly digest: number | null;
  readonly exemption: RememberedExemption | null;
  /** Digest of what the baseline asked of the control when it gave its last verdict; while there is none, of what it asked last. */
  readonly judgedBy: string;
}

export interface RememberedExemption {
  /** Of what the baseline says of it. */
  readonly digest: number;
  readonly state: 'active' | 'expired';
}

/** What is remembered where nothing is. */
export const noMemory: Memory = { scanTime: new Date(0), fullAt: null, resources: new Map() };
