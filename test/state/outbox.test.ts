import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Problem } from '../../src/core/problem.ts';
import { folderOutbox, rowsIn, type Outbox, type Parcel } from '../../src/state/outbox.ts';
import { temporaryFolder } from '../support/folder.ts';

const parcel = (name: string, rows = 1): Parcel => ({ table: 'Findings_CL', rows: Array.from({ length: rows }, (_, number) => ({ name, number })) });

/** What every outbox does. `make` gives outboxes over one and the same new place. */
export function outboxContract(make: () => () => Outbox): void {
  test('gives back what was kept', async () => {
    const outbox = make()();
    const name = await outbox.keep(parcel('é "quoted" 😀', 3));
    expect(await outbox.read(name)).toEqual(parcel('é "quoted" 😀', 3));
    expect(rowsIn(name)).toBe(3);
  });

  test('is empty before anything was kept, and removing what is not there is no error', async () => {
    const outbox = make()();
    expect(await outbox.names()).toEqual([]);
    await expect(outbox.remove('000000000000001-000001-a.1.Findings_CL.json')).resolves.toBeUndefined();
    expect(await outbox.read('000000000000001-000001-a.1.Findings_CL.json')).toBe('gone');
  });

  test('names parcels in the order in which they were kept', async () => {
    const outbox = make()();
    const kept: string[] = [];
    for (let number = 0; number < 30; number += 1) kept.push(await outbox.keep(parcel(String(number), (number % 12) + 1)));
    expect(await outbox.names()).toEqual(kept);
  });

  test('a later outbox over the same place goes on where the earlier one ended', async () => {
    const open = make();
    const first = await open().keep(parcel('first'));
    const second = await open().keep(parcel('second'));
    const later = open();
    expect((await later.names()).toSorted()).toEqual([first, second].toSorted());
    await later.remove(first);
    expect(await open().names()).toEqual([second]);
    expect(await open().read(second)).toEqual(parcel('second'));
  });

  test('parcels kept at the same time, by several outboxes, are all there', async () => {
    const open = make();
    const outboxes = Array.from({ length: 4 }, open);
    const names = await Promise.all(outboxes.flatMap((outbox, each) => Array.from({ length: 25 }, (_, number) => outbox.keep(parcel(`${each}/${number}`)))));
    expect(new Set(names).size).toBe(100);
    expect((await open().names()).toSorted()).toEqual(names.toSorted());
    const read = await Promise.all(names.map(name => open().read(name)));
    expect(read.map(each => (typeof each === 'string' ? each : each.rows[0]?.['name'])).toSorted()).toEqual(outboxes.flatMap((_, each) => Array.from({ length: 25 }, (_unused, number) => `${each}/${number}`)).toSorted());
  });

  test('a parcel that was removed is gone', async () => {
    const open = make();
    const outbox = open();
    const name = await outbox.keep(parcel('one'));
    await open().remove(name);
    expect(await outbox.read(name)).toBe('gone');
    expect(await outbox.names()).toEqual([]);
  });
}

describe('a folder', () => {
  outboxContract(() => {
    const folder = join(temporaryFolder(), 'not', 'there', 'yet');
    return () => folderOutbox(folder);
  });

  test('holds whole parcels only: one JSON file each, and a draft that was never finished is not one', async () => {
    const folder = temporaryFolder();
    const outbox = folderOutbox(folder);
    const name = await outbox.keep(parcel('one', 2));
    expect(readdirSync(folder)).toEqual([name]);
    expect(JSON.parse(readFileSync(join(folder, name), 'utf8'))).toEqual(parcel('one', 2));
    writeFileSync(join(folder, `${name.replace('.2.', '.5.')}.draft`), '{"table":"Findings_CL","ro');
    expect(await outbox.names()).toEqual([name]);
  });

  test('shows a parcel whole or not at all while it is being written', async () => {
    const folder = temporaryFolder();
    const [writer, reader] = [folderOutbox(folder), folderOutbox(folder)];
    const large: Parcel = { table: 'Findings_CL', rows: Array.from({ length: 2_000 }, () => ({ text: 'x'.repeat(5_000) })) };
    const state = { isWriting: true };
    const writing = writer.keep(large).finally(() => (state.isWriting = false));
    const seen = new Set<string>();
    while (state.isWriting) for (const name of await reader.names()) seen.add(typeof (await reader.read(name)) === 'string' ? 'broken' : 'whole');
    expect(seen).not.toContain('broken');
    expect(await reader.read(await writing)).toEqual(large);
  });

  test('leaves files of others alone', async () => {
    const folder = temporaryFolder();
    for (const file of ['notes.json', '.DS_Store', 'a.b.c.json', '000000000000001-000001-a.x.Findings_CL.json']) writeFileSync(join(folder, file), '{}');
    const outbox = folderOutbox(folder);
    expect(await outbox.names()).toEqual([]);
  });

  test.each([
    ['empty', ''],
    ['cut off', '{"table":"Findings_CL","rows":[{"a":1'],
    ['not a parcel', '{"table":"Findings_CL"}'],
    ['rows that are no objects', '{"table":"Findings_CL","rows":[1]}'],
    ['null', 'null'],
  ])('sets a file aside that is %s, once, and keeps it for a person to see', async (_, text) => {
    const folder = temporaryFolder();
    const outbox = folderOutbox(folder);
    const broken = await outbox.keep(parcel('broken', 4));
    const intact = await outbox.keep(parcel('intact'));
    writeFileSync(join(folder, broken), text);
    expect(await outbox.read(broken)).toBe('corrupt');
    expect(await outbox.names()).toEqual([intact]);
    expect(readFileSync(join(folder, `${broken}.corrupt`), 'utf8')).toBe(text);
    expect(await outbox.read(broken)).toBe('gone');
  });

  test('says which folder cannot be used, and what to set', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    const outbox = folderOutbox(file);
    for (const attempt of [() => outbox.names(), () => outbox.keep(parcel('one'))]) {
      await expect(attempt()).rejects.toThrow(Problem);
      await expect(attempt()).rejects.toThrow(/^Cannot use .*file, which keeps rows until they are delivered \(.+\)\. Set STATE_FOLDER to /);
    }
  });

  test('keeps the order when the clock is set back', async () => {
    const folder = temporaryFolder();
    const outbox = folderOutbox(folder);
    const { now } = Date;
    try {
      Date.now = () => 2_000_000_000_000;
      const first = await outbox.keep(parcel('first'));
      Date.now = () => 1_000_000_000_000;
      const second = await outbox.keep(parcel('second'));
      expect(await outbox.names()).toEqual([first, second]);
    } finally {
      Date.now = now;
    }
  });

  test('a parcel whose name is a folder is an error and not a parcel', async () => {
    const folder = temporaryFolder();
    const name = '000000000000001-000001-a.1.Findings_CL.json';
    mkdirSync(join(folder, name));
    await expect(folderOutbox(folder).read(name)).rejects.toThrow(Problem);
  });
});
