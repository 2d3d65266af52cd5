import { isRestError } from '@azure/core-rest-pipeline';
import type { BlobRequestConditions } from '@azure/storage-blob';
import { connectContainer, type Container, type ContainerSettings } from '../azure/blob-container.ts';
import { isOutage, notMade, problemOf, statusOf } from './blob-problem.ts';
import { requirePlain } from './name.ts';
import type { Condition, Store } from './store.ts';

export interface BlobStoreSettings extends ContainerSettings {
  /** Names in one page of a list; left out = as many as storage gives. */
  readonly pageSize?: number;
  /** For so long after storage could not be reached nothing is tried and everything fails at once, milliseconds. */
  readonly quietMs?: number;
  /** Milliseconds on a clock that never goes back. */
  readonly clock?: () => number;
}

/**
 * Blobs of one container. A tag is the blob's ETag, and conditions are storage's own: of several writers with the same
 * condition one succeeds, wherever they run. A write whose answer was lost on the way, and which was sent again, is told
 * from a conflict by its content.
 *
 * A container that is not there is empty; the first write makes it, where the identity may.
 * @see https://learn.microsoft.com/rest/api/storageservices/specifying-conditional-headers-for-blob-service-operations
 */
export function blobStore({ pageSize, quietMs = 30_000, clock = () => performance.now(), ...settings }: BlobStoreSettings): Store {
  const { url } = settings;
  let connecting: Promise<Container> | null = null;
  let down: { readonly until: number; readonly problem: unknown } | null = null;
  /** An outage costs one operation its retries, not every operation of a scan. */
  const using = async <T>(work: (container: Container) => Promise<T>): Promise<T> => {
    if (down !== null && clock() < down.until) throw down.problem;
    try {
      connecting ??= connectContainer(settings);
      return await work(await connecting);
    } catch (error) {
      const problem = problemOf(error, url);
      if (isOutage(error)) down = { until: clock() + quietMs, problem };
      throw problem;
    }
  };
  return {
    read(name) {
      requirePlain(name);
      return using(container => downloaded(container, name));
    },
    write(name, content, condition) {
      requirePlain(name);
      return using(async container => {
        const { client, meter } = container;
        const { retries } = meter.counters;
        const written = await uploaded(container, name, content, condition).catch(async (error: unknown) => {
          if (!isMissing(error, 'ContainerNotFound')) throw error;
          await client.createIfNotExists().catch((refusal: unknown) => {
            throw notMade(refusal, url);
          });
          return uploaded(container, name, content, condition);
        });
        if (written !== 'conflict' || meter.counters.retries === retries) return written;
        const there = await downloaded(container, name);
        return there && Buffer.from(there.content).equals(content) ? there.tag : 'conflict';
      });
    },
    names: prefix =>
      using(async ({ client }) => {
        const names: string[] = [];
        try {
          for await (const { segment } of client.listBlobsFlat({ prefix }).byPage(pageSize === undefined ? {} : { maxPageSize: pageSize })) names.push(...segment.blobItems.map(({ name }) => name));
        } catch (error) {
          if (!isMissing(error, 'ContainerNotFound')) throw error;
        }
        return names.toSorted();
      }),
    remove(name) {
      requirePlain(name);
      return using(async ({ client }) => {
        await client.getBlobClient(name).delete({ deleteSnapshots: 'include' }).catch((error: unknown) => {
          if (!isMissing(error, 'ContainerNotFound', 'BlobNotFound')) throw error;
        });
      });
    },
  };
}

async function downloaded({ client }: Container, name: string): Promise<{ content: Uint8Array; tag: string } | null> {
  try {
    const { readableStreamBody, etag } = await client.getBlobClient(name).download(0, undefined, { maxRetryRequests: 0 });
    if (!readableStreamBody || etag === undefined) throw new Error(`Storage answered without ${etag === undefined ? 'an ETag' : 'a body'} for ${name}.`);
    const chunks: Buffer[] = [];
    for await (const chunk of readableStreamBody) chunks.push(Buffer.from(chunk));
    return { content: Buffer.concat(chunks), tag: etag };
  } catch (error) {
    if (isMissing(error, 'ContainerNotFound', 'BlobNotFound')) return null;
    throw error;
  }
}

async function uploaded({ client }: Container, name: string, content: Uint8Array, condition: Condition): Promise<string> {
  try {
    const { etag } = await client.getBlockBlobClient(name).upload(Buffer.from(content), content.byteLength, { conditions: conditionsOf(condition) });
    if (etag === undefined) throw new Error(`Storage answered without an ETag for ${name}.`);
    return etag;
  } catch (error) {
    if (isConflict(error)) return 'conflict';
    throw error;
  }
}

function conditionsOf(condition: Condition): BlobRequestConditions {
  if (condition === 'any') return {};
  return condition === 'absent' ? { ifNoneMatch: '*' } : { ifMatch: condition.tag };
}

/** A blob that is not there has no version that could match. */
function isConflict(error: unknown): boolean {
  const { status, code } = statusOf(error);
  return (status === 412 && code === 'ConditionNotMet') || (status === 409 && code === 'BlobAlreadyExists') || (status === 404 && code === 'BlobNotFound');
}

function isMissing(error: unknown, ...codes: readonly string[]): boolean {
  return isRestError(error) && error.statusCode === 404 && codes.includes(statusOf(error).code);
}
