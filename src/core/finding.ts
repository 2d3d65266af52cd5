import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { AppliedExemption } from './exemption.ts';
import type { Reason, Source } from './fact.ts';

export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof severities)[number];

/** What a control saw; goes into reports and tables as JSON. */
export type Observed = { readonly [name: string]: Json };
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** What a control may say. Only the engine says unknown. */
export type Verdict =
  | { readonly status: 'pass'; readonly observed: Observed }
  | { readonly status: 'fail'; readonly observed: Observed; readonly message: string }
  | { readonly status: 'notApplicable'; readonly observed: Observed; readonly because: string };

/** A fact a control needed and did not get. */
export interface Gap {
  readonly fact: string;
  readonly reason: Reason;
  readonly detail: string;
  /** The Azure action whose grant closes the gap. */
  readonly permission?: string;
}

/** What the engine says of one control on one resource. */
export type Outcome =
  | (Verdict & { readonly sources: readonly Source[] })
  | { readonly status: 'unknown'; readonly gaps: readonly [Gap, ...Gap[]] }
  /** A person has to look, and nobody's word holds at present. */
  | { readonly status: 'manual'; readonly observed: Observed; readonly message: string };

export type Status = Outcome['status'];

/** What the engine reports of one control on one resource. */
export interface Finding {
  /** The same for the same resource and control in every scan; 32 hexadecimal digits. */
  readonly id: string;
  readonly controlId: string;
  readonly severity: Severity;
  readonly status: Status;
  readonly message: string;
  readonly observed: Observed;
  readonly gaps?: readonly Gap[];
  /** Requirement ids, for example `ASB NS-1`. */
  readonly requirements: readonly string[];
  readonly sources: readonly Source[];
  /** Only on what fails or is unknown. It changes no status: an active one takes the finding out of the score. */
  readonly exemption?: AppliedExemption;
}

/**
 * The ids of a resource's findings: half tells the resource, half the control, so that each is hashed once.
 * Resource ids are compared without case: Azure does not keep it.
 */
export function findingIds(resourceId: string): (controlId: string) => string {
  const resource = digest(resourceId.toLowerCase());
  return controlId => resource + digestOfControl(controlId);
}

/** The id of one finding. */
export function findingId(resourceId: string, controlId: string): string {
  return findingIds(resourceId)(controlId);
}

/** There are some eighty controls, and each is asked for with every resource. */
const controlDigests = new Map<string, string>();

function digestOfControl(controlId: string): string {
  const known = controlDigests.get(controlId) ?? digest(controlId);
  controlDigests.set(controlId, known);
  return known;
}

/** 64 bits of SHA-256, as 16 hexadecimal digits. */
function digest(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)).subarray(0, 8));
}

/** True where `severity` is `threshold` or worse. */
export function atLeast(severity: Severity, threshold: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(threshold);
}
