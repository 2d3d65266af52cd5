import type { Log } from './log.ts';

/** Ctrl-C ends the scan and keeps what was read; a second one ends the process. */
export function endOnInterrupt(log: Log): { readonly signal: AbortSignal; dispose(): void } {
  const controller = new AbortController();
  const end = (): void => {
    process.off('SIGINT', end);
    log.warning('ending the scan', {}, '\nEnding the scan; press Ctrl-C again to stop at once.');
    controller.abort(new Error('The scan was interrupted.'));
  };
  process.on('SIGINT', end);
  return { signal: controller.signal, dispose: () => process.off('SIGINT', end) };
}
