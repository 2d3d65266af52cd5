import { gunzipSync, gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reaches } from '../../src/core/exposure.ts';
import { severities } from '../../src/core/finding.ts';
import type { Memory, RememberedFinding, RememberedResource } from '../../src/core/memory.ts';
import { decodeMemory, encodeMemory } from '../../src/state/memory-file.ts';
import { subscriptionId } from '../support/builders.ts';

const time = fc.integer({ min: 0, max: 4e12 }).map(ms => new Date(ms));
const digest = fc.maxSafeNat();
const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/);
const finding: fc.Arbitrary<RememberedFinding> = fc.record({
  status: fc.constantFrom('pass', 'fail', 'notApplicable', 'unknown', 'manual'),
  verdict: fc.constantFrom('pass', 'fail', 'notApplicable', 'manual', null),
  severity: fc.constantFrom(...severities),
  since: time,
  failingSince: fc.option(time),
  digest: fc.option(digest),
  exemption: fc.option(fc.record({ digest, state: fc.constantFrom('active', 'expired') })),
  judgedBy: fc.stringMatching(/^[0-9a-f]{16}$/),
});
const resource: fc.Arbitrary<RememberedResource> = fc
  .record({
    resourceId: fc.oneof(name.map(each => `/subscriptions/${subscriptionId}/resourceGroups/Data/providers/Microsoft.DocumentDB/databaseAccounts/${each}`), fc.constant(`/subscriptions/${subscriptionId}`), fc.constant('/tenants/unknown')),
    resourceType: fc.constantFrom('Microsoft.DocumentDB/databaseAccounts', 'Microsoft.Resources/tenants'),
    name: fc.oneof(name, fc.string()),
    subscriptionId: fc.constantFrom(subscriptionId, '', 'another'),
    location: fc.option(fc.constantFrom('westeurope', 'northeurope')),
    scanTime: time,
    digest: fc.option(digest),
    reach: fc.option(fc.constantFrom(...reaches, 'unknown')),
    knownReach: fc.option(fc.constantFrom(...reaches)),
    reachSince: fc.option(time),
    findings: fc.array(fc.tuple(name, finding), { maxLength: 6 }).map(findings => new Map(findings)),
  })
  .map(each => each satisfies RememberedResource);
const memory: fc.Arbitrary<Memory> = fc.record({
  scanTime: time,
  fullAt: fc.option(time),
  resources: fc.array(resource, { maxLength: 5 }).map(resources => new Map(resources.map(each => [each.resourceId.toLowerCase(), each]))),
});

test('what is written is what is read', async () => {
  await fc.assert(
    fc.asyncProperty(memory, async original => {
      const read = await decodeMemory(await encodeMemory(original));
      expect(read).toEqual(original);
      expect(read === 'unreadable' ? [] : [...read.resources.values()].map(({ findings }) => [...findings.keys()]).toSorted()).toEqual([...original.resources.values()].map(({ findings }) => [...findings.keys()]).toSorted());
    }),
    { numRuns: 300 },
  );
});

const resourceId = `/subscriptions/${subscriptionId}/resourceGroups/data/providers/Microsoft.DocumentDB/databaseAccounts/orders`;

/** A memory of accounts with 57 findings each, whose digests, as those of different accounts, have nothing in common. */
function estate(accounts: number): Memory {
  let seed = 7;
  const random = (): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed;
  };
  const since = [1, 2, 3].map(day => new Date(Date.UTC(2026, 10, day, 6)));
  const anyTime = (): Date => since[random() % 8] ?? new Date(Date.UTC(2026, 9, 1, 6));
  const one = (index: number): RememberedFinding => {
    const failing = random() % 4 === 0;
    return {
      status: failing ? 'fail' : 'pass',
      verdict: failing ? 'fail' : 'pass',
      severity: severities[index % 5] ?? 'info',
      since: anyTime(),
      failingSince: failing ? anyTime() : null,
      digest: (random() % 2 ** 21) * 2 ** 32 + random(),
      exemption: null,
      judgedBy: `${index}`.padStart(16, '0'),
    };
  };
  const findings = (): RememberedResource['findings'] => new Map(Array.from({ length: 57 }, (_, index) => [`control-of-that-number-${index}`, one(index)]));
  const account = (index: number): RememberedResource => ({
    resourceId: `${resourceId}-${random() % 100_000}-${index}`,
    resourceType: 'Microsoft.DocumentDB/databaseAccounts',
    name: `orders-${index}`,
    subscriptionId,
    location: 'westeurope',
    scanTime: new Date(Date.UTC(2026, 10, 20, 6)),
    digest: random(),
    reach: 'closed',
    knownReach: 'closed',
    reachSince: anyTime(),
    findings: findings(),
  });
  const all = Array.from({ length: accounts }, (_, index) => account(index));
  return { scanTime: new Date(Date.UTC(2026, 10, 20, 6)), fullAt: null, resources: new Map(all.map(each => [each.resourceId.toLowerCase(), each])) };
}

test.each([20, 500])('of %d accounts with 57 findings each takes less than 0.8 kB', async accounts => {
  expect((await encodeMemory(estate(accounts))).byteLength / accounts).toBeLessThan(800);
});

describe('what cannot be read says so', () => {
  type Json = { [name: string]: unknown };
  const packed = (text: string): Uint8Array => gzipSync(text);
  const good = async (): Promise<Uint8Array> => encodeMemory(estate(2));
  const changed = async (change: (file: Json, first: Json, findings: Json) => void): Promise<Uint8Array> => {
    const file = JSON.parse(gunzipSync(await good()).toString()) as Json & { resources: (Json & { findings: Json })[] };
    const [first] = file.resources;
    if (!first) throw new Error('There is no resource.');
    change(file, first, first.findings);
    return packed(JSON.stringify(file));
  };

  test('while what is whole is read', async () => {
    expect(await decodeMemory(await changed(() => {}))).toEqual(estate(2));
  });

  test.each<[string, () => Promise<Uint8Array>]>([
    ['nothing', async () => new Uint8Array()],
    ['half a file', async () => (await good()).subarray(0, 300)],
    ['text', async () => new TextEncoder().encode('{}')],
    ['something else that is compressed', async () => packed('nothing of the kind')],
    ['JSON of something else', async () => packed('[]')],
    ['null', async () => packed('null')],
    ['a newer version', async () => changed(file => (file.version = 2))],
    ['no version', async () => changed(file => delete file.version)],
    ['a time that is none', async () => changed(file => (file.scanTime = 'today'))],
    ['a time beyond all times', async () => changed(file => (file.times = [9e15]))],
    ['a resource without an id', async () => changed((_, first) => delete first.id)],
    ['a reach that does not exist', async () => changed((_, first) => (first.reach = 'open'))],
    ['a type that is not in the list', async () => changed((_, first) => (first.type = 99))],
    ['a time that is not in the list', async () => changed((_, first) => (first.seen = 99))],
    ['findings that are not in the list', async () => changed((_, __, findings) => (findings.layout = 99))],
    ['a control that is not in the list', async () => changed(file => (file.layouts = [[999]]))],
    ['a status that does not exist', async () => changed((_, __, findings) => (findings.statuses = 'x'.repeat(57)))],
    ['a status for each finding but one', async () => changed((_, __, findings) => (findings.statuses = 'p'.repeat(56)))],
    ['a verdict that does not exist', async () => changed((_, __, findings) => (findings.verdicts = 'u'.repeat(57)))],
    ['a severity for each finding but one', async () => changed((_, __, findings) => (findings.severities = 'c'.repeat(56)))],
    ['a time for each finding but one', async () => changed((_, __, findings) => (findings.since = Array.from({ length: 56 }, () => 0)))],
    ['a digest that is none', async () => changed((_, __, findings) => (findings.digests = Array.from({ length: 57 }, () => 0.5)))],
    ['a digest for no finding', async () => changed((_, __, findings) => (findings.digests = []))],
  ])('%s', async (_, bytes) => {
    expect(await decodeMemory(await bytes())).toBe('unreadable');
  });

  test('a file with any one byte changed is read as it was, or not at all', async () => {
    const bytes = await good();
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (place, difference) => {
        const damaged = bytes.map((byte, index) => (index === place ? byte ^ difference : byte));
        const read = await decodeMemory(damaged);
        // The header of the format has bytes that carry nothing.
        expect(read === 'unreadable' ? estate(2) : read).toEqual(estate(2));
      }),
    );
  });
});
