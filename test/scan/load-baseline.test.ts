import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { standardBaseline } from '../../src/scan/baseline.ts';
import { loadBaseline, type LoadedBaseline } from '../../src/scan/load-baseline.ts';
import { folderStore } from '../../src/state/folder-store.ts';
import { lastGoodIn } from '../../src/state/last-good.ts';
import { azureServer, credential, type Answer } from '../support/azure-server.ts';
import { temporaryFolder } from '../support/folder.ts';

const server = azureServer();
const path = '/config/baseline.yaml';
const good = (name: string, etag = `"${name}"`): Answer => ({ status: 206, text: `name: ${name}\nrequiredTags: [${name}]\n`, headers: { etag } });

function app(folder = temporaryFolder()) {
  const file = join(folder, 'baseline', 'last-good.json');
  const load = (answer: Answer, blob = path): Promise<LoadedBaseline> => {
    server.answers({ [`GET ${blob}`]: [answer] });
    const retry = { attempts: 0, baseMs: 1, longestWaitMs: 1 };
    return loadBaseline({ url: `${server.origin}${blob}`, scope: 'https://storage.azure.com/.default', credential: credential(), signal: new AbortController().signal, retry, attemptMs: 10_000 }, lastGoodIn(folderStore(folder)));
  };
  return { load, file };
}

const wrong: readonly (readonly [string, Answer, string])[] = [
  ['is wrong', { status: 206, text: 'name: x\nprofile: lax\n' }, '/config/baseline.yaml:2:10: profile is "lax".'],
  ['is empty', { status: 416 }, '/config/baseline.yaml:1:1: The file is empty.'],
  ['is too large', { status: 206, text: `#${'x'.repeat(1_048_576)}` }, 'has more than 1048576 bytes.'],
  ['may not be read', { status: 403, headers: { 'x-ms-error-code': 'AuthorizationFailure' } }, '403 AuthorizationFailure. Grant Storage Blob Data Reader'],
  ['is not there', { status: 404 }, 'storage answered 404.'],
  ['cannot be reached', 'reset', 'Cannot read '],
];

describe('a good baseline', () => {
  test('is used, without a word', async () => {
    const { baseline, warnings } = await app().load(good('contoso'));
    expect(baseline).toMatchObject({ name: 'contoso', organisation: { requiredTags: ['contoso'] } });
    expect(warnings).toEqual([]);
  });

  test('is not read again while it is unchanged', async () => {
    const { load } = app();
    const first = await load(good('contoso', '"0x1"'));
    const second = await load({ status: 304 });
    expect(server.requests.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"0x1"']);
    expect([second.baseline.label, second.warnings]).toEqual([first.baseline.label, []]);
  });

  test('is replaced by a newer one', async () => {
    const { load } = app();
    await load(good('contoso'));
    expect((await load(good('fabrikam'))).baseline.name).toBe('fabrikam');
    expect((await load({ status: 304 })).baseline.name).toBe('fabrikam');
  });

  test('of another address is read whole: a tag is of one blob only', async () => {
    const { load } = app();
    await load(good('contoso', '"0x1"'));
    await load(good('fabrikam', '"0x1"'), '/config/other.yaml');
    expect(server.requests.at(-1)?.headers).not.toHaveProperty('if-none-match');
  });

  test('that cannot be kept is used all the same, and the scan says so', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    const { baseline, warnings } = await app(join(folder, 'file')).load(good('contoso'));
    expect(baseline.name).toBe('contoso');
    expect(warnings).toEqual([expect.stringMatching(/^The baseline cannot be kept for later\. Cannot use .* Set STATE_FOLDER to a folder/)]);
  });
});

describe.each(wrong)('a new baseline that %s', (_, answer, says) => {
  test('leaves the last good one in force, and the scan says so', async () => {
    const { load, file } = app();
    const last = await load(good('contoso'));
    const kept = readFileSync(file, 'utf8');
    const { baseline, warnings } = await load(answer);
    expect(baseline.label).toBe(last.baseline.label);
    expect(warnings).toEqual([expect.stringContaining(says)]);
    expect(warnings[0]).toContain(`The last good baseline, ${last.baseline.label} from ${server.origin}${path}, stays in force.`);
    expect(readFileSync(file, 'utf8')).toBe(kept);
  });

  test('leaves the standard profile in force where there never was a good one, and the scan says so', async () => {
    const { baseline, warnings } = await app().load(answer);
    expect(baseline).toBe(standardBaseline);
    expect(warnings).toEqual([expect.stringContaining(says)]);
    expect(warnings[0]).toContain('There is no earlier good baseline: the standard profile is in force');
  });

  test('is mended by the next good one', async () => {
    const { load } = app();
    await load(answer);
    expect(await load(good('contoso'))).toMatchObject({ baseline: { name: 'contoso' }, warnings: [] });
  });
});

test('many problems are told by the first five, and how to see the rest', async () => {
  const { warnings } = await app().load({ status: 206, text: `name: x\n${Array.from({ length: 9 }, (_, index) => `field${index}: 1\n`).join('')}` });
  expect(warnings[0]?.match(/There is no field/g)).toHaveLength(5);
  expect(warnings[0]).toContain('There are 4 more: cosmos-compliance baseline validate lists all.');
  expect(warnings[0]).not.toContain('\n');
});

test('a copy that this version does not understand counts as none: the blob is read whole', async () => {
  const { load, file } = app();
  mkdirSync(dirname(file));
  writeFileSync(file, JSON.stringify({ url: `${server.origin}${path}`, etag: '"0x1"', text: 'name: x\nprofile: lax' }));
  expect(await load(good('contoso'))).toMatchObject({ baseline: { name: 'contoso' }, warnings: [] });
  expect(server.requests[0]?.headers).not.toHaveProperty('if-none-match');
});

test('storage that says unchanged without having been asked is not believed', async () => {
  expect(await app().load({ status: 304 })).toMatchObject({ baseline: standardBaseline, warnings: [expect.stringContaining('no copy of it is kept')] });
});
