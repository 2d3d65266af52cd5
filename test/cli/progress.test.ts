import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { openLog, type LogOptions } from '../../src/cli/log.ts';
import { progressReporter, type ProgressStream } from '../../src/cli/progress.ts';
import type { Progress } from '../../src/scan/run.ts';
import { result } from '../support/results.ts';

/** What a reporter writes, over a clock that is set. */
function reporting({ columns, isTTY = false, ...options }: LogOptions & Pick<ProgressStream, 'columns' | 'isTTY'> = {}) {
  const written: string[] = [];
  let time = 0;
  const write = (text: string | Uint8Array): boolean => written.push(String(text)) > 0;
  const reporter = progressReporter({ isTTY, ...(columns !== undefined && { columns }), write }, openLog(options, { write }, () => new Date(0)), () => time);
  const show = (differences: Partial<Progress>, at = 0, throttled = 0): void => {
    time = at;
    reporter.show({ expected: 10, done: 0, accounts: 0, last: null, ...differences }, { requests: 12, throttled, retries: 0 });
  };
  return { written, show, end: () => reporter.end() };
}

describe('progress', () => {
  test.each<[string, Partial<Progress>, number, number, string]>([
    ['at the start', {}, 0, 0, '0 of 10 subscriptions, 0 accounts, 12 requests\n'],
    ['early on, when an estimate would say nothing', { done: 1, accounts: 4, last: result({ name: 'production' }) }, 2_000, 0, '1 of 10 subscriptions, 4 accounts, 12 requests (production: scanned)\n'],
    ['later, with the time that is left', { done: 4, accounts: 9, last: result({ name: 'staging', outcome: 'denied' }) }, 20_000, 3, '4 of 10 subscriptions, 9 accounts, 12 requests, 3 throttled, about 30 s left (staging: denied)\n'],
    ['much later, in minutes', { done: 2, last: result({ name: '' }) }, 60_000, 0, '2 of 10 subscriptions, 0 accounts, 12 requests, about 4 min left (11111111-1111-1111-1111-111111111111: scanned)\n'],
    ['in minutes that are rounded', { done: 2 }, 22_750, 0, '2 of 10 subscriptions, 0 accounts, 12 requests, about 2 min left\n'],
    ['throttled once', { done: 0 }, 0, 1, '0 of 10 subscriptions, 0 accounts, 12 requests, 1 throttled\n'],
    ['at the end, when nothing is left', { done: 10, last: result() }, 60_000, 0, '10 of 10 subscriptions, 0 accounts, 12 requests (production: scanned)\n'],
    ['with a name that a terminal would obey', { done: 1, last: result({ name: '\u001B[2Jx' }) }, 0, 0, '1 of 10 subscriptions, 0 accounts, 12 requests ( [2Jx: scanned)\n'],
  ])('%s', (_, progress, at, throttled, expected) => {
    const { written, show } = reporting();
    show(progress, at, throttled);
    expect(written).toEqual([expected]);
  });

  test('of a thousand subscriptions is some twenty lines', () => {
    const { written, show } = reporting();
    for (let done = 0; done <= 1_000; done += 1) show({ expected: 1_000, done });
    expect(written).toHaveLength(21);
    expect(written.at(-1)).toMatch(/^1000 of 1000/);
  });

  test('in a terminal is one line that is written over, no longer than the terminal is wide, and gone at the end', () => {
    const { written, show, end } = reporting({ isTTY: true, columns: 30 });
    show({ done: 4, accounts: 9 }, 20_000);
    end();
    expect(written).toEqual(['\r\u001B[2K4 of 10 subscriptions, 9 acco', '\r\u001B[2K']);
    expect(stripVTControlCharacters(written[0] ?? '').trim().length).toBeLessThan(30);
  });

  test('is not said where the log is quiet, in a terminal or not', () => {
    for (const isTTY of [false, true]) {
      const { written, show, end } = reporting({ isTTY, quiet: true });
      show({ done: 4 }, 20_000);
      end();
      expect(written).toEqual([]);
    }
  });

  test('names every subscription where the log is verbose', () => {
    const { written, show } = reporting({ verbose: true, logFormat: 'json' });
    for (let done = 0; done <= 100; done += 1) show({ expected: 100, done, last: done === 0 ? null : result({ outcome: 'failed', reason: 'No answer.' }) });
    const messages = written.map(line => JSON.parse(line) as { readonly message: string; readonly reason?: string });
    expect(messages.filter(({ message, reason }) => message === 'subscription done' && reason === 'No answer.')).toHaveLength(100);
  });

  test('as JSON has its numbers in fields', () => {
    const { written, show } = reporting({ logFormat: 'json', isTTY: true });
    show({ done: 4, accounts: 9 }, 20_000, 1);
    expect(written.map(line => JSON.parse(line) as unknown)).toEqual([{ time: '1970-01-01T00:00:00.000Z', level: 'info', message: 'progress', done: 4, expected: 10, accounts: 9, requests: 12, throttled: 1, retries: 0, secondsLeft: 30 }]);
  });
});
