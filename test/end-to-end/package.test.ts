import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backendFrom, hostJsonFor, mostBytes, packageApp } from '../../src/tools/package-app.ts';
import { zip } from '../../src/tools/zip.ts';
import { temporaryFolder } from '../support/folder.ts';
import { loadApp } from '../support/functions-host.ts';

const root = join(import.meta.dirname, '../..');
const environment = { LOGS_INGESTION_ENDPOINT: 'https://dcr.example', LOGS_RULE_ID: 'dcr-1', SCAN_SCHEDULE: '0 0 */6 * * *', TASKHUB_NAME: 'Test', STATE_URL: 'https://contoso.example/cosmos-compliance' };

/** Files of an archive, read by its directory. */
function unzipped(archive: Buffer): Readonly<Record<string, Buffer>> {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = archive.readUInt32LE(end + 16);
  // A file may have any name, also that of what every object has.
  const files = Object.create(null) as Record<string, Buffer>;
  for (let count = archive.readUInt16LE(end + 10); count > 0; count--) {
    const nameLength = archive.readUInt16LE(at + 28);
    const name = archive.subarray(at + 46, at + 46 + nameLength).toString('utf8');
    const local = archive.readUInt32LE(at + 42);
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    files[name] = inflateRawSync(archive.subarray(start, start + archive.readUInt32LE(at + 20)));
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return files;
}

describe('the package', () => {
  test('has the bundle, its licences, host.json and a package.json that names it, and nothing else', () => {
    const folder = temporaryFolder();
    const sizes = packageApp(root, folder, 'azureStorage');
    const files = readdirSync(join(folder, 'package')).toSorted();
    expect(files).toEqual(['host.json', 'main.cjs', 'main.cjs.LEGAL.txt', 'package.json']);
    expect(sizes).toEqual(Object.fromEntries(files.map(file => [file, statSync(join(folder, 'package', file)).size])));
    expect(Object.values(sizes).reduce((sum, size) => sum + size, 0)).toBeLessThan(mostBytes);
    expect(mostBytes).toBeLessThanOrEqual(4_000_000);
    const { main, ...others } = JSON.parse(readFileSync(join(folder, 'package/package.json'), 'utf8')) as Record<string, unknown>;
    expect(existsSync(join(folder, 'package', String(main)))).toBe(true);
    expect(Object.keys(others).toSorted()).toEqual(['name', 'private', 'version']);
    expect(readFileSync(join(folder, 'package/main.cjs'), 'utf8')).not.toContain('sourceMappingURL=main');
  });

  test('registers the functions of the source, and starts', async () => {
    const folder = temporaryFolder();
    packageApp(root, folder, 'azureStorage');
    const [packaged, source] = await Promise.all([loadApp(join(folder, 'package/main.cjs'), environment, undefined, join(folder, 'package')), loadApp('functions/main.ts', environment)]);
    expect(packaged.error).toBeNull();
    expect(packaged.functions).toEqual(source.functions);
    expect(packaged.functions.map(({ name }) => name)).toEqual(expect.arrayContaining(['scan-schedule', 'scan-requests', 'scan']));
  });

  test('is the same in the archive, which is the same every time', () => {
    const [one, two] = [temporaryFolder(), temporaryFolder()];
    packageApp(root, one, 'azureStorage');
    packageApp(root, two, 'azureStorage');
    const archive = readFileSync(join(one, 'app.zip'));
    expect(archive.equals(readFileSync(join(two, 'app.zip')))).toBe(true);
    const files = unzipped(archive);
    expect(Object.keys(files).toSorted()).toEqual(readdirSync(join(one, 'package')).toSorted());
    for (const [name, content] of Object.entries(files)) expect(content.equals(readFileSync(join(one, 'package', name))), name).toBe(true);
  });

  test('leaves the settings of a local run alone, and nothing else of the one before', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'package'), { recursive: true });
    for (const file of ['local.settings.json', 'main.cjs.map']) writeFileSync(join(folder, 'package', file), '{}');
    packageApp(root, folder, 'azureStorage');
    expect(readdirSync(join(folder, 'package'))).toContain('local.settings.json');
    expect(readdirSync(join(folder, 'package'))).not.toContain('main.cjs.map');
    expect(Object.keys(unzipped(readFileSync(join(folder, 'app.zip'))))).not.toContain('local.settings.json');
  });
});

describe('host.json', () => {
  const own = readFileSync(join(root, 'host.json'), 'utf8');

  test("is the repository's for Azure Storage", () => {
    expect(hostJsonFor('azureStorage', own)).toBe(own);
  });

  test('names the scheduler for Durable Task Scheduler, and keeps everything else', () => {
    type Host = { readonly extensions: { readonly durableTask: Record<string, unknown> } };
    const [before, after] = [JSON.parse(own) as Host, JSON.parse(hostJsonFor('durableTaskScheduler', own)) as Host];
    expect(after.extensions.durableTask['storageProvider']).toEqual({ type: 'azureManaged', connectionStringName: 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING' });
    const without = (host: Host): unknown => ({ ...host, extensions: { ...host.extensions, durableTask: { ...host.extensions.durableTask, storageProvider: null } } });
    expect(without(after)).toEqual(without(before));
  });

  test.each([
    [undefined, 'azureStorage'],
    ['', 'azureStorage'],
    ['durableTaskScheduler', 'durableTaskScheduler'],
  ])('CCM_DURABLE_BACKEND %s is %s', (value, backend) => {
    expect(backendFrom(value)).toBe(backend);
  });

  test('another backend is refused, by its name', () => {
    expect(() => backendFrom('netherite')).toThrow('CCM_DURABLE_BACKEND is "netherite". Set it to one of azureStorage, durableTaskScheduler.');
  });
});

test('whatever is put into an archive comes out of it', () => {
  const files = fc.uniqueArray(fc.record({ path: fc.string({ minLength: 1 }).filter(path => path.isWellFormed()), content: fc.uint8Array({ maxLength: 500 }).map(bytes => Buffer.from(bytes)) }), { selector: ({ path }) => path, maxLength: 5 });
  fc.assert(
    fc.property(files, entries => {
      const out = unzipped(zip(entries));
      expect(Object.keys(out).toSorted()).toEqual(entries.map(({ path }) => path).toSorted());
      for (const { path, content } of entries) expect(out[path]?.equals(content)).toBe(true);
    }),
  );
});
