import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blobStore } from '../../src/state/blob-store.ts';
import { folderStore } from '../../src/state/folder-store.ts';
import { defaultLimits, outboxIn, type Outbox, type OutboxLimits } from '../../src/state/outbox.ts';
import { labelOf, packed, rowsIn, type Parcel, type Rank } from '../../src/state/parcel.ts';
import type { Store } from '../../src/state/store.ts';
import { azurite, storageScope, unusedIn } from '../support/azurite.ts';
import { temporaryFolder } from '../support/folder.ts';

const table = 'Findings_CL';
const parcel = (name: string, rows = 1): Parcel => ({ table, rows: Array.from({ length: rows }, (_, number) => ({ name, number })) });
const unknownName = '000000000000001-000001-a.0.1.1.Findings_CL.json.gz';
const folder = (): Store => folderStore(join(temporaryFolder(), 'not', 'there', 'yet'));

describe.each<[string, () => Promise<() => Store>]>([
  ['a folder', async () => {
    const place = temporaryFolder();
    return () => folderStore(place);
  }],
  ['a container of blobs', async () => {
    const { blob, credential } = await azurite();
    const url = unusedIn(blob);
    return () => blobStore({ url, scope: storageScope, credential });
  }],
])('an outbox in %s', (_, place) => {
  const make = async (): Promise<() => Outbox> => {
    const open = await place();
    return () => outboxIn(open());
  };

  test('gives back what was kept', async () => {
    const outbox = (await make())();
    const name = await outbox.keep(parcel('é "quoted" 😀', 3), 0);
    expect(await outbox.read(name)).toEqual(parcel('é "quoted" 😀', 3));
    expect(rowsIn(name)).toBe(3);
  });

  test('is empty before anything was kept, and removing what is not there is no error', async () => {
    const outbox = (await make())();
    expect(await outbox.names()).toEqual([]);
    await expect(outbox.remove(unknownName)).resolves.toBeUndefined();
    expect(await outbox.read(unknownName)).toBe('gone');
    expect(await outbox.givenUp()).toEqual({ rows: new Map(), names: [] });
  });

  test('names parcels in the order in which they were kept, whatever they hold', async () => {
    const outbox = (await make())();
    const kept: string[] = [];
    for (let number = 0; number < 20; number += 1) kept.push(await outbox.keep(parcel(String(number), (number % 12) + 1), ((number * 7) % 4) as Rank));
    expect(await outbox.names()).toEqual(kept);
  });

  test('a later outbox over the same place goes on where the earlier one ended', async () => {
    const open = await make();
    const first = await open().keep(parcel('first'), 0);
    const second = await open().keep(parcel('second'), 0);
    const later = open();
    expect((await later.names()).toSorted()).toEqual([first, second].toSorted());
    await later.remove(first);
    expect(await open().names()).toEqual([second]);
    expect(await open().read(second)).toEqual(parcel('second'));
  });

  test('parcels kept at the same time, by several outboxes, are all there', async () => {
    const open = await make();
    const outboxes = Array.from({ length: 4 }, open);
    const names = await Promise.all(outboxes.flatMap((outbox, each) => Array.from({ length: 10 }, (_unused, number) => outbox.keep(parcel(`${each}/${number}`), 0))));
    expect(new Set(names).size).toBe(40);
    expect((await open().names()).toSorted()).toEqual(names.toSorted());
    const read = await Promise.all(names.map(name => open().read(name)));
    expect(read.map(each => (typeof each === 'string' ? each : each.rows[0]?.['name'])).toSorted()).toEqual(outboxes.flatMap((_unused, each) => Array.from({ length: 10 }, (_none, number) => `${each}/${number}`)).toSorted());
  });

  test('a parcel that was removed is gone, also for others', async () => {
    const open = await make();
    const outbox = open();
    const name = await outbox.keep(parcel('one'), 0);
    await open().remove(name);
    expect(await outbox.read(name)).toBe('gone');
    expect(await outbox.names()).toEqual([]);
  });
});

describe('names', () => {
  test('keep the order when the clock is set back', async () => {
    let now = 2_000_000_000_000;
    const outbox = outboxIn(folder(), defaultLimits, () => now);
    const first = await outbox.keep(parcel('first'), 0);
    now = 1_000_000_000_000;
    const second = await outbox.keep(parcel('second'), 0);
    expect(await outbox.names()).toEqual([first, second]);
  });

  test('leave what others put there alone', async () => {
    const store = folder();
    for (const name of ['notes.json', 'a.b.c.json.gz', '000000000000001-000001-a.0.x.1.Findings_CL.json.gz']) await store.write(`outbox/${name}`, Buffer.from('{}'), 'any');
    expect(await outboxIn(store).names()).toEqual([]);
    await outboxIn(store, { ...defaultLimits, mostParcels: 1 }).keep(parcel('one'), 0);
    expect(await store.names('outbox/')).toHaveLength(4);
  });

  test('are given without a parcel being opened', async () => {
    const store = folder();
    for (let number = 0; number < 5; number += 1) await outboxIn(store).keep(parcel(String(number)), 0);
    const closed: Store = { ...store, read: () => Promise.reject(new Error('Opened.')) };
    expect((await outboxIn(closed, { ...defaultLimits, mostParcels: 2 }).names()).map(rowsIn)).toEqual([1, 1, 1, 1, 1]);
    await outboxIn(closed, { ...defaultLimits, mostParcels: 2 }).keep(parcel('more'), 0);
  });
});

describe('a parcel that cannot be understood any more', () => {
  test("is set aside as it is, once, for a person to see, and is in nobody's way", async () => {
    const store = folder();
    const outbox = outboxIn(store);
    const broken = await outbox.keep(parcel('broken', 4), 0);
    const intact = await outbox.keep(parcel('intact'), 0);
    await store.write(`outbox/${broken}`, Buffer.from('half a'), 'any');
    expect(await outbox.read(broken)).toBe('corrupt');
    expect(await outbox.names()).toEqual([intact]);
    expect(Buffer.from((await store.read(`corrupt/${broken}`))?.content ?? []).toString()).toBe('half a');
    expect(await outbox.read(broken)).toBe('gone');
  });

  test('is still there when the process is killed before it is set aside', async () => {
    const store = folder();
    const broken = await outboxIn(store).keep(parcel('broken'), 0);
    await store.write(`outbox/${broken}`, Buffer.from('half a'), 'any');
    const dying: Store = { ...store, remove: () => Promise.reject(new Error('Killed.')) };
    await expect(outboxIn(dying).read(broken)).rejects.toThrow('Killed.');
    expect(await outboxIn(store).read(broken)).toBe('corrupt');
    expect(await store.names('')).toEqual([`corrupt/${broken}`]);
  });
});

describe('rows that the service refuses', () => {
  const day = 24 * 60 * 60_000;
  const kept = 1_790_000_000_000;

  test.each([
    ['the moment they are kept', 0, 'waits'],
    ['the day before they are seven days old', 7 * day - 1, 'waits'],
    ['when they are seven days old', 7 * day, 'setAside'],
    ['a year later', 365 * day, 'setAside'],
  ])('%s: %i ms: %s', async (_, age, expected) => {
    const store = folder();
    let now = kept;
    const outbox = outboxIn(store, defaultLimits, () => now);
    const name = await outbox.keep(parcel('refused', 3), 0);
    now = kept + age;
    expect(await outbox.refused(name)).toBe(expected);
    expect(await outbox.names()).toEqual(expected === 'waits' ? [name] : []);
    expect(await store.names('refused/')).toEqual(expected === 'waits' ? [] : [`refused/${name}`]);
    const stored = await store.read(`${expected === 'waits' ? 'outbox' : 'refused'}/${name}`);
    expect(Buffer.from(stored?.content ?? []).equals(await packed(parcel('refused', 3)))).toBe(true);
  });

  test('are not brought back by a process that comes second', async () => {
    const store = folder();
    const outbox = outboxIn(store, { ...defaultLimits, refusedForMs: 0 });
    const name = await outbox.keep(parcel('refused'), 0);
    await outbox.remove(name);
    await outbox.refused(name);
    expect(await store.names('')).toEqual([]);
  });
});

describe('an outbox that is full', () => {
  /** Keeps parcels by name and rank, one after the other, in an outbox of few. */
  async function filled(parcels: readonly (readonly [string, Rank])[], limits: Partial<OutboxLimits>, store = folder()) {
    const outbox = outboxIn(store, { ...defaultLimits, ...limits });
    for (const [name, rank] of parcels) await outbox.keep({ ...parcel(name), table: name.split(' ')[0] ?? '' }, rank);
    const waiting = await Promise.all((await outbox.names()).map(name => outbox.read(name)));
    return { outbox, store, waiting: waiting.map(each => (typeof each === 'string' ? each : each.rows[0]?.['name'])), rows: Object.fromEntries((await outbox.givenUp()).rows) };
  }

  test.each<[string, readonly (readonly [string, Rank])[], readonly string[], Readonly<Record<string, number>>]>([
    ['gives nothing up as long as there is room', [['F 1', 0], ['F 2', 0], ['C 1', 3]], ['F 1', 'F 2', 'C 1'], {}],
    ['gives the oldest up first', [['F 1', 0], ['F 2', 0], ['F 3', 0], ['F 4', 0]], ['F 3', 'F 4'], { F: 2 }],
    ['gives the lowest rank up first, however young', [['C 1', 3], ['A 1', 1], ['F 1', 0], ['C 2', 3]], ['C 1', 'C 2'], { F: 1, A: 1 }],
    ['gives the next rank up where that is not enough', [['C 1', 3], ['S 1', 2], ['A 1', 1], ['C 2', 3]], ['C 1', 'C 2'], { A: 1, S: 1 }],
    ['gives the oldest of the highest rank up where there is nothing else', [['C 1', 3], ['C 2', 3], ['C 3', 3], ['C 4', 3]], ['C 3', 'C 4'], { C: 2 }],
  ])('%s', async (_, parcels, waiting, rows) => {
    // Room is made for a twentieth more than is needed: two of three stay.
    const full = await filled(parcels, { mostParcels: 3 });
    expect(full.waiting).toEqual(waiting);
    expect(full.rows).toEqual(rows);
  });

  test('counts bytes as well as parcels, as they are kept', async () => {
    const content = await packed({ table: 'F', rows: [{ name: 'F 1', number: 0 }] });
    const five = Array.from({ length: 5 }, (_, number) => [`F ${number}`, 0] as const);
    expect((await filled(five, { mostBytes: content.byteLength * 5 })).rows).toEqual({});
    expect((await filled(five, { mostBytes: content.byteLength * 5 - 1 })).rows).toEqual({ F: 1 });
    expect((await filled(five, { mostBytes: content.byteLength * 4.5 })).waiting).toEqual(['F 1', 'F 2', 'F 3', 'F 4']);
  });

  test('gives up what was set aside before anything that may yet be delivered', async () => {
    const store = folder();
    const earlier = outboxIn(store, { ...defaultLimits, refusedForMs: 0 });
    await earlier.refused(await earlier.keep({ table: 'R', rows: [{}, {}] }, 3));
    const broken = await earlier.keep({ table: 'B', rows: [{}] }, 3);
    await store.write(`outbox/${broken}`, Buffer.from(''), 'any');
    await earlier.read(broken);
    const full = await filled([['F 1', 0], ['F 2', 0], ['F 3', 0]], { mostParcels: 4 }, store);
    expect(full.waiting).toEqual(['F 1', 'F 2', 'F 3']);
    expect(full.rows).toEqual({ B: 1, R: 2 });
    expect((await store.names('')).filter(name => /^(refused|corrupt)/.test(name))).toEqual([]);
  });

  test('counts what earlier processes kept, and does not look again at every parcel', async () => {
    const store = folder();
    await filled(Array.from({ length: 30 }, (_, number) => [`F ${number}`, 0] as const), {}, store);
    let lists = 0;
    const counting: Store = { ...store, names: prefix => ((lists += 1), store.names(prefix)) };
    const roomy = outboxIn(counting, { ...defaultLimits, mostParcels: 1_000 });
    for (let number = 0; number < 60; number += 1) await roomy.keep(parcel('more'), 0);
    // Three places, after the first parcel and then after every twenty-first.
    expect(lists).toBe(9);
    const full = outboxIn(store, { ...defaultLimits, mostParcels: 100 });
    for (let number = 0; number < 60; number += 1) await full.keep(parcel('more'), 0);
    expect((await full.names()).length).toBeLessThanOrEqual(100);
    expect((await full.givenUp()).names.length + (await full.names()).length).toBe(150);
  });

  test('stays within its limits with every parcel', async () => {
    const store = folder();
    await filled(Array.from({ length: 98 }, (_, number) => [`F ${number}`, 0] as const), {}, store);
    const outbox = outboxIn(store, { ...defaultLimits, mostParcels: 100 });
    const waiting: number[] = [];
    for (let number = 0; number < 5; number += 1) {
      await outbox.keep(parcel('more'), 0);
      waiting.push((await outbox.names()).length);
    }
    expect(waiting).toEqual([99, 100, 98, 99, 100]);
  });

  test('stays within its limits when many parcels are kept at once', async () => {
    const store = folder();
    await filled(Array.from({ length: 20 }, (_, number) => [`F ${number}`, 0] as const), {}, store);
    const outbox = outboxIn(store, { ...defaultLimits, mostParcels: 20 });
    await Promise.all(Array.from({ length: 8 }, () => outbox.keep(parcel('more'), 0)));
    expect((await outbox.names()).length).toBeLessThanOrEqual(20);
    expect((await outbox.names()).length).toBeGreaterThan(16);
  });

  test('what was delivered meanwhile makes room, and nothing is given up for it', async () => {
    const store = folder();
    await filled(Array.from({ length: 98 }, (_, number) => [`F ${number}`, 0] as const), {}, store);
    const outbox = outboxIn(store, { ...defaultLimits, mostParcels: 100 });
    for (let number = 0; number < 20; number += 1) await outbox.remove(await outbox.keep(parcel('delivered'), 0));
    expect(await outbox.givenUp()).toEqual({ rows: new Map(), names: [] });
    expect(await outbox.names()).toHaveLength(98);
  });

  test('a count stays until it was reported, whichever process asks', async () => {
    const { store } = await filled([['F 1', 0], ['F 2', 0], ['A 1', 1], ['C 1', 3]], { mostParcels: 3 });
    const given = await outboxIn(store).givenUp();
    expect(given).toEqual({ rows: new Map([['F', 2]]), names: [expect.any(String), expect.any(String)] });
    expect(await outboxIn(store).givenUp()).toEqual(given);
    await outboxIn(store).reported(given);
    expect(await outboxIn(store).givenUp()).toEqual({ rows: new Map(), names: [] });
    expect((await store.names('')).every(name => name.startsWith('outbox/'))).toBe(true);
  });

  test('a process that is killed between counting a parcel and removing it has it counted once', async () => {
    const store = folder();
    await filled([['F 1', 0], ['F 2', 0], ['F 3', 0]], { mostParcels: 3 }, store);
    const dying: Store = { ...store, remove: () => Promise.reject(new Error('Killed.')) };
    await expect(outboxIn(dying, { ...defaultLimits, mostParcels: 3 }).keep(parcel('F 4'), 0)).rejects.toThrow('Killed.');
    expect((await outboxIn(store).givenUp()).rows).toEqual(new Map([['F', 2]]));
    expect(await outboxIn(store).names()).toHaveLength(3);
    await outboxIn(store, { ...defaultLimits, mostParcels: 3 }).keep(parcel('F 4'), 0);
    expect((await outboxIn(store).givenUp()).rows).toEqual(new Map([['F', 2]]));
    expect(await outboxIn(store).names()).toHaveLength(2);
  });

  test('several processes that make room at once count each parcel once', async () => {
    const store = folder();
    await filled(Array.from({ length: 40 }, (_, number) => [`F ${number}`, 0] as const), {}, store);
    const outboxes = Array.from({ length: 4 }, () => outboxIn(store, { ...defaultLimits, mostParcels: 20 }));
    await Promise.all(outboxes.map(outbox => outbox.keep(parcel('more'), 0)));
    const { names, rows } = await outboxIn(store).givenUp();
    const waiting = await outboxIn(store).names();
    expect(names.length + waiting.length).toBe(44);
    expect(new Set([...names, ...waiting]).size).toBe(44);
    expect([...rows.values()].reduce((sum, count) => sum + count, 0)).toBe(names.length);
  });

  test('law: every row waits or is counted, what waits is within the limits, and what went was worth less than all that stayed', async () => {
    const parcels = fc.array(fc.record({ rank: fc.constantFrom<Rank[]>(0, 1, 2, 3), rows: fc.integer({ min: 1, max: 5 }), process: fc.nat(1) }), { minLength: 1, maxLength: 25 });
    const worth = (name: string): string => `${labelOf(name)?.rank} ${name}`;
    await fc.assert(
      fc.asyncProperty(parcels, fc.integer({ min: 3, max: 12 }), async (given, mostParcels) => {
        const store = folder();
        const outboxes = [0, 1].map(() => outboxIn(store, { ...defaultLimits, mostParcels }));
        let kept = 0;
        for (const [number, { rank, rows, process }] of given.entries()) {
          const before = await outboxIn(store).names();
          await outboxes[process]?.keep({ table: `T${rank}`, rows: Array.from({ length: rows }, () => ({ number })) }, rank);
          kept += rows;
          const waiting = await outboxIn(store).names();
          const counted = await outboxIn(store).givenUp();
          expect([...counted.rows.values()].reduce((total, count) => total + count, 0) + waiting.reduce((total, name) => total + rowsIn(name), 0)).toBe(kept);
          expect(counted.names.length + waiting.length).toBe(number + 1);
          const went = before.filter(name => !waiting.includes(name)).map(worth).toSorted();
          const stayed = before.filter(name => waiting.includes(name)).map(worth).toSorted();
          expect((went.at(-1) ?? '') < (stayed[0] ?? '~')).toBe(true);
          // A process sees what another one kept when it next looks, at the latest after a fiftieth of the limit.
          expect(waiting.length).toBeLessThanOrEqual(mostParcels + 1);
        }
      }),
      { numRuns: 30 },
    );
  });
});
