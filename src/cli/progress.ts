import type { ArmCounters, SubscriptionResult } from '../core/scan.ts';
import type { Progress } from '../scan/run.ts';
import { printable } from '../sinks/formats/text.ts';
import type { Log } from './log.ts';

export interface ProgressReporter {
  readonly show: (progress: Progress, counters: ArmCounters) => void;
  end(): void;
}

/** A terminal, or what stands for one. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** An estimate from less says nothing. */
const leastElapsedMs = 3_000;

/**
 * Tells how far a scan is: in a terminal one line that is written over and kept up to date, elsewhere some twenty
 * messages, and every subscription where the log is verbose.
 * @param now milliseconds on any clock that only goes forward
 */
export function progressReporter(stream: ProgressStream, log: Log, now: () => number = () => performance.now()): ProgressReporter {
  const startedAt = now();
  const live = stream.isTTY === true && log.format === 'text' && log.writes('info') && !log.writes('debug');
  let lastShown = -1;
  let latest: { readonly progress: Progress; readonly counters: ArmCounters } | null = null;
  const redraw = (): void => {
    if (!latest) return;
    const line = lineOf(latest.progress, latest.counters, now() - startedAt);
    stream.write(`\r\u001B[2K${line.slice(0, (stream.columns || 100) - 1)}`);
  };
  // A subscription may take long, and requests go on meanwhile.
  const timer = live ? setInterval(redraw, 1_000).unref() : undefined;
  return {
    show(progress, counters) {
      latest = { progress, counters };
      if (live) {
        redraw();
        return;
      }
      const { expected, done, accounts, last } = progress;
      if (last) tellOne(last, log);
      const step = Math.max(1, Math.ceil(expected / 20));
      if (done !== expected && done !== 0 && done < lastShown + step) return;
      lastShown = done;
      const ofLast = last ? ` (${printable(last.name || last.subscriptionId)}: ${last.outcome})` : '';
      log.info('progress', { done, expected, accounts, ...counters, ...left(progress, now() - startedAt) }, `${lineOf(progress, counters, now() - startedAt)}${ofLast}`);
    },
    end() {
      clearInterval(timer);
      if (live) stream.write('\r\u001B[2K');
    },
  };
}

function tellOne({ subscriptionId, name, outcome, accounts, reason }: SubscriptionResult, log: Log): void {
  log.debug('subscription done', { subscriptionId, name: printable(name), outcome, accounts, ...(reason !== null && { reason: printable(reason) }) });
}

function lineOf(progress: Progress, { requests, throttled }: ArmCounters, elapsedMs: number): string {
  const { expected, done, accounts } = progress;
  const { secondsLeft } = left(progress, elapsedMs);
  const parts = [`${done} of ${expected} subscriptions`, `${accounts} accounts`, `${requests} requests`, ...(throttled > 0 ? [`${throttled} throttled`] : [])];
  return [...parts, ...(secondsLeft === undefined ? [] : [`about ${inWords(secondsLeft)} left`])].join(', ');
}

/** How long it takes if the others take as long as those that are done. */
function left({ done, expected }: Progress, elapsedMs: number): { readonly secondsLeft?: number } {
  if (done === 0 || done >= expected || elapsedMs < leastElapsedMs) return {};
  return { secondsLeft: Math.ceil(((elapsedMs / done) * (expected - done)) / 1000) };
}

function inWords(seconds: number): string {
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
