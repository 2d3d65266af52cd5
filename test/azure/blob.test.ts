import { describe, expect, test } from 'vitest';
import { readBlob, type Blob, type BlobSettings } from '../../src/azure/blob.ts';
import { Problem } from '../../src/core/problem.ts';
import { azureServer, credential, type Answer } from '../support/azure-server.ts';

const server = azureServer();
const path = '/baseline/contoso.yaml';
const route = `GET ${path}`;

function read(answers: readonly Answer[], known: string | null = null, differences: Partial<BlobSettings> = {}): Promise<Blob | 'unchanged'> {
  server.answers({ [route]: answers });
  return readBlob(
    {
      url: `${server.origin}${path}`,
      scope: 'https://storage.azure.com/.default',
      credential: credential(),
      signal: new AbortController().signal,
      mostBytes: 100,
      retry: { attempts: 2, baseMs: 1, longestWaitMs: 1_000 },
      attemptMs: 1_000,
      ...differences,
    },
    known,
  );
}

const failing = async (answers: readonly Answer[], differences: Partial<BlobSettings> = {}): Promise<Problem> => {
  const error: unknown = await read(answers, null, differences).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(Problem);
  return error as Problem;
};

describe('a blob', () => {
  test('is read with a token for storage, a version, and no more than it may have', async () => {
    const asked = credential();
    expect(await read([{ status: 206, text: 'name: x\n', headers: { etag: '"0x1"' } }], null, { credential: asked })).toEqual({ text: 'name: x\n', etag: '"0x1"' });
    expect(asked.asked.map(({ scopes }) => scopes)).toEqual([['https://storage.azure.com/.default']]);
    expect(server.requests[0]?.headers).toMatchObject({ authorization: 'Bearer token-1', 'x-ms-version': '2021-12-02', range: 'bytes=0-100', 'user-agent': expect.stringContaining('cosmos-compliance') });
    expect(server.requests[0]?.headers).not.toHaveProperty('if-none-match');
  });

  test.each([
    ['in one answer', { status: 200, text: 'ä' }, { text: 'ä', etag: null }],
    ['of exactly as many bytes as it may have', { status: 206, text: 'x'.repeat(100) }, { text: 'x'.repeat(100), etag: null }],
    ['without a byte', { status: 416, headers: { 'x-ms-error-code': 'InvalidRange', etag: '"0x2"' } }, { text: '', etag: '"0x2"' }],
  ])('%s is read', async (_, answer, expected) => {
    expect(await read([answer])).toEqual(expected);
  });

  test('that is unchanged is not read again', async () => {
    expect(await read([{ status: 304 }], '"0x1"')).toBe('unchanged');
    expect(server.requests[0]?.headers['if-none-match']).toBe('"0x1"');
  });

  test('is asked for again where storage is busy', async () => {
    expect(await read([{ status: 503 }, { status: 429 }, { status: 200, text: 'x' }])).toMatchObject({ text: 'x' });
  });
});

describe('a blob that cannot be read says why, and what to do', () => {
  test.each([
    ['may not be read', { status: 403, headers: { 'x-ms-error-code': 'AuthorizationPermissionMismatch' } }, 'storage answered 403 AuthorizationPermissionMismatch. Grant Storage Blob Data Reader'],
    ['is not there', { status: 404, headers: { 'x-ms-error-code': 'BlobNotFound' } }, 'storage answered 404 BlobNotFound. Check the address'],
    ['is elsewhere', { status: 302, headers: { location: 'https://example.org/' } }, 'storage answered 302. Check the address'],
    ['is one byte too large', { status: 206, text: 'x'.repeat(101) }, 'has more than 100 bytes. Upload a smaller file.'],
    ['is too large in bytes', { status: 200, text: 'ä'.repeat(51) }, 'has more than 100 bytes.'],
  ])('because it %s', async (_, answer, says) => {
    const { message } = await failing([answer]);
    expect(message).toContain(`${server.origin}${path}`);
    expect(message).toContain(says);
  });

  test('because storage stays busy', async () => {
    expect((await failing([{ status: 503 }, { status: 503 }, { status: 503 }])).message).toContain('storage answered 503.');
  });

  test.each([['does not answer', 'hang'], ['stops in the middle', 'stall']] as const)('because storage %s', async (_, answer) => {
    expect((await failing([answer], { attemptMs: 500, retry: { attempts: 0, baseMs: 1, longestWaitMs: 1 } })).message).toContain('No answer within 0.5 s. Check the address');
  });

  test('because there is no token', async () => {
    const error: unknown = await readBlob(
      { url: `${server.origin}${path}`, scope: 'x', credential: credential(new Error('No identity here.')), signal: new AbortController().signal, mostBytes: 100, retry: { attempts: 0, baseMs: 1, longestWaitMs: 1 } },
      null,
    ).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ message: expect.stringContaining('No identity here. Check the identity') });
  });

  test('because its address asks for a key', async () => {
    const error: unknown = await readBlob({ url: `${server.origin}/secrets/listKeys`, scope: 'x', credential: credential(), signal: new AbortController().signal, mostBytes: 100 }, null).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ message: expect.stringContaining('keys are never read') });
  });
});
