import type { WriteStream } from 'node:tty';
import type { ArmCounters } from '../core/scan.ts';
import type { Progress } from '../scan/run.ts';

export interface ProgressReporter {
  readonly show: (progress: Progress, counters: ArmCounters) => void;
  end(): void;
}

/** One line that is written over in a terminal; plain lines elsewhere, at most some twenty of them. */
export function progressReporter(stream: WriteStream | NodeJS.WriteStream): ProgressReporter {
  let lastShown = -1;
  return {
    show({ expected, done, accounts, last }, { requests, throttled }) {
      const counts = `${done} of ${expected} subscriptions, ${accounts} accounts, ${requests} requests${throttled > 0 ? `, ${throttled} throttled` : ''}`;
      if (stream.isTTY) {
        stream.write(`\r\u001B[2K${counts}`.slice(0, (stream.columns || 100) + 4));
        return;
      }
      const step = Math.max(1, Math.ceil(expected / 20));
      if (done !== expected && done !== 0 && done < lastShown + step) return;
      lastShown = done;
      stream.write(`${counts}${last ? ` (${last.name || last.subscriptionId}: ${last.outcome})` : ''}\n`);
    },
    end() {
      if (stream.isTTY) stream.write('\r\u001B[2K');
    },
  };
}
