import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openLog, type LogOptions } from '../../src/cli/log.ts';

function said(options: LogOptions): string[] {
  const written: string[] = [];
  const log = openLog(options, { write: (text: string | Uint8Array) => written.push(String(text)) > 0 }, () => new Date('2026-11-20T06:00:00Z'));
  log.error('broke', { fix: 'mend it' }, 'It broke. Mend it.');
  log.warning('ends', { days: 3 });
  log.info('progress', { done: 1, name: 'a\nb' }, '1 of 3');
  log.debug('request', { path: '/a', retries: 0 });
  return written;
}

describe('the log', () => {
  test.each<[string, LogOptions, readonly string[]]>([
    ['as text, in sentences where there are some', {}, ['It broke. Mend it.\n', 'ends days=3\n', '1 of 3\n']],
    ['quiet', { quiet: true }, ['It broke. Mend it.\n', 'ends days=3\n']],
    ['verbose', { verbose: true }, ['It broke. Mend it.\n', 'ends days=3\n', '1 of 3\n', 'request path=/a retries=0\n']],
  ])('%s', (_, options, expected) => {
    expect(said(options)).toEqual(expected);
  });

  test('as JSON is an object per line: constant messages, and what differs in fields', () => {
    const Line = z.strictObject({ time: z.literal('2026-11-20T06:00:00.000Z'), level: z.string(), message: z.string(), fix: z.string().optional(), days: z.int().optional(), done: z.int().optional(), name: z.string().optional(), path: z.string().optional(), retries: z.int().optional() });
    const lines = said({ logFormat: 'json', verbose: true });
    expect(lines.map(line => Line.parse(JSON.parse(line))).map(({ level, message }) => [level, message])).toEqual([['error', 'broke'], ['warning', 'ends'], ['info', 'progress'], ['debug', 'request']]);
    expect(lines.every(line => line.indexOf('\n') === line.length - 1)).toBe(true);
  });
});
