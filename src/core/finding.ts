import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
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
  | { readonly status: 'unknown'; readonly gaps: readonly [Gap, ...Gap[]] };

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
}

/** Resource ids are compared without case: Azure does not keep it. */
export function findingId(resourceId: string, controlId: string): string {
  return bytesToHex(sha256(utf8ToBytes(`${resourceId.toLowerCase()}\n${controlId}`))).slice(0, 32);
}

/** True where `severity` is `threshold` or worse. */
export function atLeast(severity: Severity, threshold: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(threshold);
}
