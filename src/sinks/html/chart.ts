import { html, type Content, type Markup } from './markup.ts';

/** How a part of a chart looks; `style.ts` has a fill for each. Never the only way to tell it apart. */
export type Tone = 'fail' | 'fail-soft' | 'accent' | 'accent-soft' | 'accent-faint' | 'quiet' | 'unknown' | 'pass';

interface Described {
  /** Unique in the document. */
  readonly id: string;
  readonly title: string;
  /** What the picture says, in a sentence or two. */
  readonly description: string;
}

/** Widths are percentages and text keeps its size, so that a chart fits any width without a script. */
function picture({ id, title, description }: Described, height: number, content: Content): Markup {
  return html`<svg class="chart" width="100%" height="${height}" role="img" aria-labelledby="${id}-t ${id}-d"><title id="${id}-t">${title}</title><desc id="${id}-d">${description}</desc>${content}</svg>`;
}

/** Up to three decimals, so that equal numbers are equal text on every machine. */
function percentage(share: number): string {
  return `${Math.round(share * 100_000) / 1000}%`;
}

/** A label as long as a narrow screen has room for; the table beside the chart has all of it. */
function short(label: string): string {
  const characters = Array.from(label);
  return characters.length > 36 ? `${characters.slice(0, 35).join('')}…` : label;
}

/** A bar and what stands over it. */
export interface Bar {
  readonly label: string;
  readonly value: number;
  /** What stands at the end of the line. */
  readonly figure: string;
  readonly tone: Tone;
}

const barPitch = 42;

/** Horizontal bars, each below its label. The longest takes the whole width. */
export function bars(described: Described, items: readonly Bar[]): Markup {
  const longest = Math.max(1, ...items.map(({ value }) => value));
  const rows = items.map(({ label, value, figure, tone }, index) => {
    const y = index * barPitch;
    const bar = value === 0 ? null : html`<rect class="t-${tone}" y="${y + 22}" width="${percentage(value / longest)}" height="12" rx="2"/>`;
    return html`<text x="0" y="${y + 15}">${short(label)}</text><text class="figure" x="100%" y="${y + 15}">${figure}</text><rect class="track" y="${y + 22}" width="100%" height="12" rx="2"/>${bar}`;
  });
  return picture(described, Math.max(1, items.length) * barPitch, rows);
}

/** A part of a strip. */
export interface Part {
  readonly value: number;
  readonly tone: Tone;
}

/** No part is thinner than this share of the strip: one subscription of thousands has to be seen. */
const thinnest = 0.012;

/** One strip whose parts make up the whole. */
export function strip(described: Described, parts: readonly Part[], height = 20): Markup {
  const present = parts.filter(({ value }) => value > 0);
  const total = present.reduce((sum, { value }) => sum + value, 0);
  const widths = present.map(({ value }) => Math.max(thinnest, value / total));
  const sum = widths.reduce((before, width) => before + width, 0);
  let done = 0;
  const pieces = present.map(({ tone }, index) => {
    const width = (widths[index] ?? 0) / sum;
    const piece = html`<rect class="t-${tone}" x="${percentage(done)}" width="${percentage(width)}" height="${height}"/>`;
    done += width;
    return piece;
  });
  return picture(described, height, [html`<rect class="track" width="100%" height="${height}"/>`, pieces]);
}

/** A line from one value to another. */
export interface Range {
  readonly label: string;
  readonly figure: string;
  /** 0..100. */
  readonly from: number;
  readonly to: number;
  readonly tone: Tone;
}

const rangePitch = 40;
const axis = 22;
const ticks = [0, 25, 50, 75, 100] as const;

/** Ranges on a scale from 0 to 100, each below its label. */
export function ranges(described: Described, items: readonly Range[]): Markup {
  const height = items.length * rangePitch;
  const grid = ticks.map(
    tick => html`<line class="grid" x1="${tick}%" x2="${tick}%" y1="0" y2="${height}"/><text class="tick${tick === 0 ? ' first' : tick === 100 ? ' last' : ''}" x="${tick}%" y="${height + 15}">${tick}</text>`,
  );
  const rows = items.map(({ label, figure, from, to, tone }, index) => {
    const y = index * rangePitch;
    const width = Math.max(0.8, to - from);
    return html`<text x="0" y="${y + 15}">${short(label)}</text><text class="figure" x="100%" y="${y + 15}">${figure}</text><rect class="track" y="${y + 22}" width="100%" height="8" rx="4"/><rect class="t-${tone}" x="${percentage(Math.min(from, 100 - width) / 100)}" y="${y + 22}" width="${percentage(width / 100)}" height="8" rx="4"/>`;
  });
  return picture(described, height + axis, [grid, rows]);
}

/** Patterns that the fills refer to, once in a document. */
export const patterns: Markup = html`<svg width="0" height="0" aria-hidden="true" focusable="false"><defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="hatch-ground" width="6" height="6"/><rect class="hatch-line" width="2.5" height="6"/></pattern></defs></svg>`;
