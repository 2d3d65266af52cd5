import type { ReportInput } from '../report.ts';
import { renderCsv } from './csv.ts';
import { renderJunit } from './junit.ts';
import { renderMarkdown } from './markdown.ts';
import { renderOcsf } from './ocsf.ts';
import { renderSarif } from './sarif.ts';

export interface FormatOptions {
  /** SARIF: results for what passes and what does not apply as well. */
  readonly passes?: boolean;
}

/** A pure function of a whole scan to the text of a file, in pieces: the same scan gives the same text. */
export type Renderer = (input: ReportInput, options: FormatOptions) => Iterable<string>;

/** What other programs read, by name. */
export const exchangeFormats = {
  csv: renderCsv,
  junit: renderJunit,
  markdown: renderMarkdown,
  ocsf: renderOcsf,
  sarif: renderSarif,
} as const satisfies Readonly<Record<string, Renderer>>;

export type ExchangeFormat = keyof typeof exchangeFormats;
