import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { labelOf, nameOf, packed, rowsByTable, rowsIn, unpacked, type Parcel } from '../../src/state/parcel.ts';

const key = '000001790000000-000001-0a1b2c3d';
const parcel = (rows: number, table = 'Findings_CL'): Parcel => ({ table, rows: Array.from({ length: rows }, (_, number) => ({ number, text: 'é "quoted" 😀' })) });

describe('a parcel', () => {
  test('law: comes back as it was', async () => {
    const rows = fc.array(fc.dictionary(fc.string({ unit: 'grapheme' }).filter(name => name !== '__proto__'), fc.jsonValue()), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(rows, async given => {
        const expected = JSON.parse(JSON.stringify({ table: 'T_CL', rows: given })) as unknown;
        expect(await unpacked(await packed({ table: 'T_CL', rows: given }))).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  test('takes a small part of its size', async () => {
    const content = await packed(parcel(500));
    expect(content.byteLength).toBeLessThan(JSON.stringify(parcel(500)).length / 5);
  });

  const whole = (text: string): Buffer => gzipSync(text);
  test.each<[string, Buffer]>([
    ['nothing', Buffer.alloc(0)],
    ['no archive', Buffer.from('{"table":"T_CL","rows":[]}')],
    ['half an archive', whole(JSON.stringify(parcel(100))).subarray(0, 100)],
    ['an archive of half a parcel', whole('{"table":"T_CL","rows":[{"a":1')],
    ['an archive of something else', whole('{"table":"T_CL"}')],
    ['rows that are no objects', whole('{"table":"T_CL","rows":[1]}')],
    ['an archive of null', whole('null')],
    ['an archive that unpacks to more than any parcel', whole(`{"table":"T_CL","rows":[],"more":"${'x'.repeat(70_000_000)}"}`)],
  ])('cannot be made of %s', async (_, content) => {
    expect(await unpacked(content)).toBeNull();
  });
});

describe('the name of a parcel', () => {
  test('says when it was kept, its rank, rows, bytes and table', () => {
    expect(labelOf(nameOf(key, parcel(7), 2, 1234))).toEqual({ name: `${key}.2.7.1234.Findings_CL.json.gz`, time: 1_790_000_000, rank: 2, rows: 7, bytes: 1234, table: 'Findings_CL' });
  });

  test.each(['', 'notes.json', `${key}.2.7.Findings_CL.json.gz`, `${key}.4.7.1.Findings_CL.json.gz`, `${key}.2.x.1.Findings_CL.json.gz`, `${key}.2.7.1.Findings_CL.json`, `${key}.2.7.1.Findings_CL.json.gz.corrupt`, '1-1-a.2.7.1.Findings_CL.json.gz'])('is not %j', name => {
    expect(labelOf(name)).toBeNull();
    expect(rowsIn(name)).toBe(0);
  });

  test('counts rows, by table', () => {
    const names = [nameOf(key, parcel(7), 0, 1), nameOf(key, parcel(5), 0, 1), nameOf(key, parcel(1, 'Scans_CL'), 3, 1), 'notes.json'];
    expect(names.map(rowsIn)).toEqual([7, 5, 1, 0]);
    expect(rowsByTable(names)).toEqual(new Map([['Findings_CL', 12], ['Scans_CL', 1]]));
  });
});
