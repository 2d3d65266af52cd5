import type { Unknown } from '../core/fact.ts';
import type { ScanGap } from '../core/scan.ts';

/** What could not be read, as a gap of the scan. */
export function gapOf({ reason, detail, permission }: Unknown): ScanGap {
  return { reason, detail, ...(permission !== undefined && { permission }) };
}

/** Each gap once, in order. */
export function distinctGaps(gaps: readonly ScanGap[]): readonly ScanGap[] {
  return [...new Map(gaps.map(gap => [gap.detail, gap])).values()];
}
