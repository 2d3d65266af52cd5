import { randomBytes } from 'node:crypto';

/**
 * A new id of a scan: a UUID of version 7, whose first 48 bits are the time. What a scan leaves behind says by its name
 * how old it is.
 * @see https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-7
 */
export function newScanId(now: Date): string {
  const time = now.getTime().toString(16).padStart(12, '0');
  const random = randomBytes(10);
  random.writeUInt8(0x70 | (random.readUInt8(0) & 0x0f), 0);
  random.writeUInt8(0x80 | (random.readUInt8(2) & 0x3f), 2);
  const rest = random.toString('hex');
  return [time.slice(0, 8), time.slice(8), rest.slice(0, 4), rest.slice(4, 8), rest.slice(8)].join('-');
}

/** When an id was made; null where it says no time. */
export function timeOf(scanId: string): Date | null {
  const [, high = '', low = ''] = /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.exec(scanId) ?? [];
  return high === '' ? null : new Date(Number.parseInt(`${high}${low}`, 16));
}
