import type { Baseline } from '../baseline/effective.ts';
import type { ScanReport } from '../scan/close-scan.ts';
import { exchangeFormats, type FormatOptions } from '../sinks/formats/index.ts';
import type { Sink } from '../sinks/sink.ts';
import { fitted } from './columns.ts';
import type { Destination } from './destinations.ts';
import { jsonOutput } from './json.ts';
import { openOutput, type Output } from './output.ts';
import type { Overview } from './overview.ts';
import { reportCollector, type ReportCollector } from './report-input.ts';
import { renderOverview } from './table.ts';

/** Writes the result of a scan in every form that was asked for. */
export interface Writers {
  readonly sinks: readonly Sink[];
  /** @param delivered what became of the rows, for the table */
  finish(report: ScanReport, delivered: string): Promise<void>;
}

export interface WriterContext extends FormatOptions {
  readonly overview: Overview;
  readonly baseline: Baseline;
  readonly sandbox: boolean;
}

/** One form on its way to one place. */
interface Writer {
  readonly sink: Sink | null;
  finish(report: ScanReport, delivered: string): Promise<void>;
}

/**
 * Opens every file at once: what cannot be written is said before the work.
 * @throws Problem where a file cannot be written
 */
export async function openWriters(destinations: readonly Destination[], context: WriterContext): Promise<Writers> {
  const collector = reportCollector();
  const opened: { readonly writer: Writer; readonly output: Output }[] = [];
  for (const { format, file } of destinations) {
    const output = await openOutput(file ?? undefined);
    opened.push({ writer: writerOf(format, output, collector, context), output });
  }
  return {
    sinks: [...new Set(opened.flatMap(({ writer: { sink } }) => sink ?? []))],
    async finish(report, delivered) {
      for (const { writer, output } of opened) {
        await writer.finish(report, delivered);
        await output.close();
      }
    },
  };
}

function writerOf(format: Destination['format'], output: Output, collector: ReportCollector, { overview, baseline, sandbox, ...options }: WriterContext): Writer {
  switch (format) {
    case 'table':
      return {
        sink: null,
        async finish(report, delivered) {
          const { width, color } = output;
          await output.write(`${renderOverview(report, overview, { width, color, sandbox })}${fitted(delivered, width)}`);
        },
      };
    case 'json':
    case 'ndjson': {
      const structured = jsonOutput(format, output, baseline);
      return { sink: structured, finish: report => structured.end(report) };
    }
    case 'html':
      return {
        sink: collector,
        async finish(report) {
          const { renderHtml } = await import('../sinks/html/index.ts');
          await output.write(renderHtml(collector.input(report), sandbox ? { note: 'The sandbox: a made-up estate on this machine.' } : {}));
        },
      };
    case 'csv':
    case 'junit':
    case 'markdown':
    case 'ocsf':
    case 'sarif':
      return {
        sink: collector,
        async finish(report) {
          for (const piece of exchangeFormats[format](collector.input(report), options)) await output.write(piece);
        },
      };
  }
}
