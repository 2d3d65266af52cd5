/** How messages are written: lines for people, or a JSON object per line for programs. */
export const logFormats = ['text', 'json'] as const;
export type LogFormat = (typeof logFormats)[number];

/** From what must be known to what helps in the search for an error. */
const levels = ['error', 'warning', 'info', 'debug'] as const;
type Level = (typeof levels)[number];

type Fields = Readonly<Record<string, unknown>>;

/** What a command says beside its result, on standard error. A message is constant text; what differs is in the fields. */
export interface Log extends Readonly<Record<Level, (message: string, fields?: Fields, line?: string) => void>> {
  readonly format: LogFormat;
  /** Whether messages of this level are written. */
  writes(level: Level): boolean;
}

export interface LogOptions {
  /** Errors and warnings only. */
  readonly quiet?: boolean;
  /** Everything. */
  readonly verbose?: boolean;
  readonly logFormat?: LogFormat;
}

/**
 * A log of some forty lines: pino would bring 60 kB, a flush that a process may end before, and the host's name.
 * In text, `line` is written in place of message and fields.
 */
export function openLog(options: LogOptions, stream: Pick<NodeJS.WritableStream, 'write'> = process.stderr, clock: () => Date = () => new Date()): Log {
  const { quiet = false, verbose = false, logFormat = 'text' } = options;
  const most = levels.indexOf(verbose ? 'debug' : quiet ? 'warning' : 'info');
  const writes = (level: Level): boolean => levels.indexOf(level) <= most;
  const write = (level: Level) => (message: string, fields: Fields = {}, line?: string): void => {
    if (!writes(level)) return;
    const text = logFormat === 'json' ? JSON.stringify({ time: clock().toISOString(), level, message, ...fields }) : (line ?? inWords(message, fields));
    stream.write(`${text}\n`);
  };
  return { format: logFormat, writes, error: write('error'), warning: write('warning'), info: write('info'), debug: write('debug') };
}

function inWords(message: string, fields: Fields): string {
  const pairs = Object.entries(fields).map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return [message, ...pairs].join(' ');
}
