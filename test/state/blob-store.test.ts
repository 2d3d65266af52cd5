import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { Problem } from '../../src/core/problem.ts';
import { blobStore, type BlobStoreSettings } from '../../src/state/blob-store.ts';
import type { Store } from '../../src/state/store.ts';
import { azureServer, credential, type Answer, type Routes } from '../support/azure-server.ts';
import { azurite, storageScope, tokens, unusedIn } from '../support/azurite.ts';
import { specifyStore } from './contract.ts';

specifyStore('a container of blobs', {
  runs: 12,
  async place() {
    const { blob, credential: identity } = await azurite();
    const url = unusedIn(blob);
    return () => blobStore({ url, scope: storageScope, credential: identity, pageSize: 7 });
  },
});

describe('real storage', () => {
  const text = Buffer.from('x');

  test.each([
    ['of another audience', { aud: 'https://management.azure.com' }],
    ['that is over', { exp: 1 }],
    ['of nobody', { iss: '' }],
  ])('refuses a token %s: the message names the identity, the audience and the role', async (_, claims) => {
    const { blob } = await azurite();
    const store = blobStore({ url: unusedIn(blob), scope: storageScope, credential: tokens(claims) });
    for (const attempt of [() => store.read('a'), () => store.write('a', text, 'any'), () => store.names(''), () => store.remove('a')]) {
      await expect(attempt()).rejects.toThrow(Problem);
      await expect(attempt()).rejects.toThrow(/storage answered (401|403) \w+\. .*Grant Storage Blob Data Contributor on the container to the identity\./);
    }
  });

  test('keeps an archive as it is: no header promises to unpack it on the way', async () => {
    const { blob, credential: identity } = await azurite();
    const store = blobStore({ url: unusedIn(blob), scope: storageScope, credential: identity });
    const archive = gzipSync('rows');
    await store.write('outbox/1.json.gz', archive, 'absent');
    expect(Buffer.from((await store.read('outbox/1.json.gz'))?.content ?? []).equals(archive)).toBe(true);
  });
});

const server = azureServer();
const etag = '"0x8DF0000000000001"';
const container = '/cosmos-compliance';
const blobPath = `${container}/outbox/1.json.gz`;
const there = (text: string): Answer => ({ text, headers: { etag, 'content-type': 'application/octet-stream', 'content-length': String(Buffer.byteLength(text)) } });
const made: Answer = { status: 201, headers: { etag } };
const refusal = (status: number, code: string): Answer => ({
  status,
  headers: { 'x-ms-error-code': code, 'content-type': 'application/xml' },
  text: `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${code} happened.\nRequestId:1\nTime:2</Message></Error>`,
});

/** A store over a scripted server: it does not wait long for anything. */
function storeOver(routes: Routes, differences: Partial<BlobStoreSettings> = {}): Store {
  server.answers(routes);
  return blobStore({
    url: `${server.origin}${container}`,
    scope: storageScope,
    credential: credential(),
    retry: { attempts: 2, baseMs: 1, longestWaitMs: 1_000 },
    attemptMs: 5_000,
    operationMs: 20_000,
    ...differences,
  });
}

const sent = (): string[] => server.requests.map(({ method, url }) => `${method} ${url.split('?')[0]}`);
const written = Buffer.from('new');

describe('a request', () => {
  test("carries a token for storage, this program's name, and the condition", async () => {
    const asked = credential();
    const store = storeOver({ [`PUT ${blobPath}`]: [made, made, made] }, { credential: asked });
    await store.write('outbox/1.json.gz', written, 'absent');
    await store.write('outbox/1.json.gz', written, { tag: etag });
    await store.write('outbox/1.json.gz', written, 'any');
    expect(asked.asked.map(({ scopes }) => scopes)).toEqual([[storageScope]]);
    expect(server.requests.map(({ headers }) => [headers['if-none-match'], headers['if-match']])).toEqual([['*', undefined], [undefined, etag], [undefined, undefined]]);
    for (const { headers, body } of server.requests) {
      expect(headers).toMatchObject({ authorization: 'Bearer token-1', 'user-agent': expect.stringMatching(/^cosmos-compliance\/\d/), 'x-ms-blob-type': 'BlockBlob', 'content-length': '3' });
      expect(body).toBe('new');
    }
  });

  test('asks for a new token where the wait before it is sent again outlived the old one', async () => {
    const asked = credential(1, 3_600_000);
    const store = storeOver({ [`GET ${blobPath}`]: [{ status: 503 }, there('x')] }, { credential: asked });
    await store.read('outbox/1.json.gz');
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer token-1', 'Bearer token-2']);
  });

  test('never leaves the container', async () => {
    const store = storeOver({});
    for (const name of ['../other/blob', '..']) await expect((async () => store.remove(name))()).rejects.toThrow('is not a name of the state');
    expect(server.requests).toEqual([]);
  });
});

describe('what passes is tried again', () => {
  const gone = refusal(503, 'ServerBusy');

  test.each<[string, readonly Answer[]]>([
    ['storage that is busy', [gone, gone, there('whole')]],
    ['storage that throttles', [refusal(429, 'TooManyRequests'), there('whole')]],
    ['an answer that does not come', ['hang', there('whole')]],
    ['a connection that breaks', ['reset', there('whole')]],
    ['a body that breaks off', ['cut', there('whole')]],
    ['a body that hangs', ['stall', there('whole')]],
  ])('%s', async (_, answers) => {
    const waits = answers.some(answer => answer === 'hang' || answer === 'stall');
    const store = storeOver({ [`GET ${blobPath}`]: answers }, waits ? { attemptMs: 1_500 } : {});
    expect(Buffer.from((await store.read('outbox/1.json.gz'))?.content ?? []).toString()).toBe('whole');
    expect(server.requests).toHaveLength(answers.length);
  });

  test("and by nobody but us: the SDK's own retries are off", async () => {
    const store = storeOver({ [`GET ${blobPath}`]: [gone, gone, gone] });
    await expect(store.read('outbox/1.json.gz')).rejects.toThrow('storage answered 503 ServerBusy.');
  });

  test('until the operation has taken too long', async () => {
    const store = storeOver({ [`GET ${blobPath}`]: () => 'hang' }, { attemptMs: 60_000, operationMs: 100 });
    await expect(store.read('outbox/1.json.gz')).rejects.toThrow(/No answer within 0\.1 s\. Check STATE_URL, the DNS name in it/);
  });
});

describe('a write whose answer was lost on the way', () => {
  const conflict = refusal(412, 'ConditionNotMet');
  const exists = refusal(409, 'BlobAlreadyExists');

  test.each<[string, Routes, string]>([
    ['took place: its content is there', { [`PUT ${blobPath}`]: ['reset', conflict], [`GET ${blobPath}`]: [there('new')] }, etag],
    ['took place, and made the blob', { [`PUT ${blobPath}`]: ['cut', exists], [`GET ${blobPath}`]: [there('new')] }, etag],
    ['did not: somebody else was quicker', { [`PUT ${blobPath}`]: [{ status: 500 }, conflict], [`GET ${blobPath}`]: [there('theirs')] }, 'conflict'],
    ['did not: somebody else has removed it', { [`PUT ${blobPath}`]: [{ status: 500 }, conflict], [`GET ${blobPath}`]: [refusal(404, 'BlobNotFound')] }, 'conflict'],
  ])('%s', async (_, routes, expected) => {
    const store = storeOver(routes);
    expect(await store.write('outbox/1.json.gz', written, { tag: '"0x0"' })).toBe(expected);
  });

  test.each([conflict, exists, refusal(404, 'BlobNotFound')])('is a plain conflict where it was sent once: nobody looks at the content', async answer => {
    const store = storeOver({ [`PUT ${blobPath}`]: [answer] });
    expect(await store.write('outbox/1.json.gz', written, 'absent')).toBe('conflict');
    expect(server.requests).toHaveLength(1);
  });
});

describe('a container that is not there', () => {
  const missing = refusal(404, 'ContainerNotFound');

  test('is empty', async () => {
    const store = storeOver({ [`GET ${blobPath}`]: [missing], [`GET ${container}`]: [missing], [`DELETE ${blobPath}`]: [missing] });
    expect(await store.read('outbox/1.json.gz')).toBeNull();
    expect(await store.names('outbox/')).toEqual([]);
    await store.remove('outbox/1.json.gz');
  });

  test.each([['by us', { status: 201 }], ['by somebody else meanwhile', refusal(409, 'ContainerAlreadyExists')]] as const)('is made for the first write, %s', async (_, answer) => {
    const store = storeOver({ [`PUT ${blobPath}`]: [missing, made], [`PUT ${container}`]: [answer] });
    expect(await store.write('outbox/1.json.gz', written, 'absent')).toBe(etag);
    expect(sent()).toEqual([`PUT ${blobPath}`, `PUT ${container}`, `PUT ${blobPath}`]);
  });

  test('and may not be made: the message has the command that makes it', async () => {
    const store = storeOver({ [`PUT ${blobPath}`]: [missing], [`PUT ${container}`]: [refusal(403, 'AuthorizationPermissionMismatch')] });
    await expect(store.write('outbox/1.json.gz', written, 'absent')).rejects.toThrow(
      `The container ${server.origin}${container} is not there, and the identity may not make it (403 AuthorizationPermissionMismatch). Make it: az storage container create --auth-mode login --account-name 127 --name cosmos-compliance`,
    );
  });
});

describe('storage that refuses says why, and what to do', () => {
  test.each<[string, number, string, RegExp]>([
    ['a role is missing', 403, 'AuthorizationPermissionMismatch', /storage answered 403 AuthorizationPermissionMismatch\. Grant Storage Blob Data Contributor .* Let the network .*firewall/],
    ['a firewall is closed', 403, 'AuthorizationFailure', /storage answered 403 AuthorizationFailure\. Let the network .*firewall of the storage account\. Grant Storage Blob Data Contributor/],
    ['the token is none', 401, 'InvalidAuthenticationInfo', /storage answered 401 InvalidAuthenticationInfo\. Check the identity and STORAGE_AUDIENCE\. Grant/],
    ['the account is not there', 404, 'ResourceNotFound', /storage answered 404 ResourceNotFound\. Check STATE_URL/],
    ['somebody holds a lease', 412, 'LeaseIdMissing', /storage answered 412 LeaseIdMissing\. Check STATE_URL, and the policies and leases/],
    ['a policy forbids it', 409, 'BlobImmutableDueToPolicy', /storage answered 409 BlobImmutableDueToPolicy\. Check STATE_URL, and the policies/],
  ])('because %s', async (_, status, code, says) => {
    const store = storeOver({ [`PUT ${blobPath}`]: [refusal(status, code)] });
    const error: unknown = await store.write('outbox/1.json.gz', written, 'any').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Problem);
    expect((error as Problem).message).toMatch(/^Cannot use the container https:\/\/127\.0\.0\.1:\d+\/cosmos-compliance, which keeps rows until they are delivered and what the next scan must know: /);
    expect((error as Problem).message).toMatch(says);
  });

  test('because there is no token', async () => {
    const store = storeOver({}, { credential: credential(new Error('No identity here.\nMore.')) });
    await expect(store.read('outbox/1.json.gz')).rejects.toThrow(/: No identity here\. Check the identity of the app\.$/);
  });

  test('because nobody listens there', async () => {
    const store = blobStore({ url: 'https://127.0.0.1:1/cosmos-compliance', scope: storageScope, credential: credential(), retry: { attempts: 0, baseMs: 1, longestWaitMs: 1 } });
    await expect(store.read('a')).rejects.toThrow(/ECONNREFUSED.*Check STATE_URL, the DNS name in it and the network of the storage account\.$/);
  });

  test('and what is not there is no refusal', async () => {
    const store = storeOver({ [`GET ${blobPath}`]: [refusal(404, 'BlobNotFound')], [`DELETE ${blobPath}`]: [refusal(404, 'BlobNotFound')] });
    expect(await store.read('outbox/1.json.gz')).toBeNull();
    await store.remove('outbox/1.json.gz');
  });
});

describe('an outage', () => {
  const down = refusal(503, 'ServerBusy');
  const once = { retry: { attempts: 0, baseMs: 1, longestWaitMs: 1 } };

  test('costs one operation its retries: for a while the others fail at once, with the same words, and are not sent', async () => {
    let now = 0;
    const store = storeOver({ [`GET ${blobPath}`]: [down, down, there('x')] }, { ...once, quietMs: 30_000, clock: () => now });
    const read = () => store.read('outbox/1.json.gz');
    await expect(read()).rejects.toThrow('503');
    now = 29_999;
    await expect(read()).rejects.toThrow('503');
    await expect(store.write('a', written, 'any')).rejects.toThrow('503');
    expect(server.requests).toHaveLength(1);
    now = 30_000;
    await expect(read()).rejects.toThrow('503');
    now = 60_000;
    expect(await read()).toMatchObject({ tag: etag });
    expect(server.requests).toHaveLength(3);
  });

  test.each([403, 404, 409, 412])('is not what a %i means: the next operation is sent', async status => {
    const store = storeOver({ [`GET ${blobPath}`]: [refusal(status, 'LeaseIdMissing'), there('x')] }, once);
    await expect(store.read('outbox/1.json.gz')).rejects.toThrow(String(status));
    expect(await store.read('outbox/1.json.gz')).toMatchObject({ tag: etag });
  });
});

test('a list is read to its last page, and sorted whatever the order of storage', async () => {
  const page = (names: readonly string[], marker: string): Answer => ({
    headers: { 'content-type': 'application/xml' },
    text: `<?xml version="1.0" encoding="utf-8"?><EnumerationResults ServiceEndpoint="${server.origin}" ContainerName="cosmos-compliance"><Blobs>${names.map(name => `<Blob><Name>${name}</Name><Properties><Etag>0x1</Etag><BlobType>BlockBlob</BlobType></Properties></Blob>`).join('')}</Blobs><NextMarker>${marker}</NextMarker></EnumerationResults>`,
  });
  const store = storeOver({ [`GET ${container}?comp=list&prefix=outbox/&marker=more`]: [page(['outbox/b', 'outbox/a'], '')], [`GET ${container}?comp=list&prefix=outbox/`]: [page(['outbox/d', 'outbox/c'], 'more')] });
  expect(await store.names('outbox/')).toEqual(['outbox/a', 'outbox/b', 'outbox/c', 'outbox/d']);
});

test('answers without an ETag are not believed', async () => {
  const store = storeOver({ [`PUT ${blobPath}`]: [{ status: 201 }] });
  await expect(store.write('outbox/1.json.gz', written, 'any')).rejects.toThrow('without an ETag');
});
