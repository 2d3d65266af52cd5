import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compare } from '../../src/core/compare.ts';
import type { AppliedExemption } from '../../src/core/exemption.ts';
import { isSameMemory } from '../../src/core/memory-same.ts';
import type { Memory } from '../../src/core/memory.ts';
import { Problem } from '../../src/core/problem.ts';
import { memoriesIn, tenantKey, type LoadedMemory } from '../../src/state/memories.ts';
import type { Store } from '../../src/state/store.ts';
import { accountId } from '../support/builders.ts';
import { assessed, context, exemptBy, found, scanTime } from '../support/histories.ts';
import { memoryStore } from '../support/memory-store.ts';
import { asked, assessmentsOf, findingRow, resourceId, resourceNames, rowsOf, world, type Asked, type Rows, type World } from '../support/worlds.ts';

const key = 'AAAAAAAA-1111-1111-1111-111111111111';
const fileName = 'memory/aaaaaaaa-1111-1111-1111-111111111111.gz';

const account = (name: string, status: 'pass' | 'fail' = 'pass') => assessed([found(status, { resourceId: resourceId(name) })], { resourceId: resourceId(name), name });

/** What a scan of that number remembers of accounts, after another memory. */
function after(before: Memory | null, scan: number, names: readonly string[], covers = (): boolean => true): Memory {
  return compare(before, names.map(name => account(name)), context(scan, { covers })).next;
}

async function loaded(store: Store): Promise<LoadedMemory> {
  const memory = await memoriesIn(store).load(key);
  if (typeof memory === 'string') throw new Error(`The memory is ${memory}.`);
  return memory;
}

const names = ({ resources }: Memory): string[] => [...resources.values()].map(({ name }) => name).toSorted();

/** A store to which another scan writes before the first so many writes of ours. */
function contended(store: Store, others: readonly (() => Promise<void>)[]): Store {
  const waiting = [...others];
  return {
    ...store,
    async write(...write) {
      await waiting.shift()?.();
      return store.write(...write);
    },
  };
}

describe('a memory', () => {
  test('is nothing, before there is any', async () => {
    expect(await memoriesIn(memoryStore()).load(key)).toBe('none');
  });

  test('is what was saved, under the subscription in lower case', async () => {
    const store = memoryStore();
    const memory = after(null, 1, ['r', 's']);
    await memoriesIn(store).save(key, memory, null);
    expect([...store.files.keys()]).toEqual([fileName]);
    expect(await memoriesIn(store).load(key.toLowerCase())).toEqual({ memory, tag: store.files.get(fileName)?.tag });
  });

  test('of the tenant has its own name', async () => {
    const store = memoryStore();
    await memoriesIn(store).save(tenantKey, after(null, 1, []), null);
    expect([...store.files.keys()]).toEqual(['memory/tenant.gz']);
  });

  test('that is damaged is unreadable, not nothing, and the next one takes its place', async () => {
    const store = memoryStore();
    await store.write(fileName, new TextEncoder().encode('damaged'), 'any');
    const memories = memoriesIn(store);
    expect(await memories.load(key)).toBe('unreadable');
    const memory = after(null, 1, ['r']);
    await memories.save(key, memory, null);
    expect((await loaded(store)).memory).toEqual(memory);
  });

  test('takes the place of the one that was loaded', async () => {
    const store = memoryStore();
    const memories = memoriesIn(store);
    await memories.save(key, after(null, 1, ['r', 's']), null);
    const { memory, tag } = await loaded(store);
    await memories.save(key, after(memory, 2, ['r']), tag);
    expect(names((await loaded(store)).memory)).toEqual(['r']);
  });
});

describe('two scans that save at the same time', () => {
  /** Both began with r and s of scan 1. */
  async function both(first: (before: Memory) => Memory, second: (before: Memory) => Memory): Promise<Memory> {
    const store = memoryStore();
    const memories = memoriesIn(store);
    await memories.save(key, after(null, 1, ['r', 's']), null);
    const { memory, tag } = await loaded(store);
    await memories.save(key, first(memory), tag);
    await memories.save(key, second(memory), tag);
    return (await loaded(store)).memory;
  }
  const only = (name: string) => ({ covers: ({ resourceId: id }: { resourceId: string }) => id === resourceId(name) });
  const sees = (scan: number, name: string, status: 'pass' | 'fail') => (before: Memory) => compare(before, [account(name, status)], context(scan, only(name))).next;
  const statusOf = (memory: Memory, name: string) => memory.resources.get(resourceId(name).toLowerCase())?.findings.get('local-auth-disabled')?.status;

  test.each([
    ['the first is earlier', 2, 3],
    ['the first is later', 3, 2],
  ])('keep what each has seen, where %s', async (_, first, second) => {
    const memory = await both(sees(first, 'r', 'fail'), sees(second, 's', 'fail'));
    expect([statusOf(memory, 'r'), statusOf(memory, 's')]).toEqual(['fail', 'fail']);
    expect(memory.scanTime).toEqual(scanTime(3));
  });

  test.each([
    ['the first is earlier', 2, 'fail', 3, 'pass'],
    ['the first is later', 3, 'pass', 2, 'fail'],
  ] as const)('keep the later word on what both have seen, where %s', async (_, first, ofFirst, second, ofSecond) => {
    const memory = await both(sees(first, 'r', ofFirst), sees(second, 'r', ofSecond));
    expect(statusOf(memory, 'r')).toBe('pass');
    // The rows say that it failed: the next scan writes it again.
    expect(compare(memory, [account('r'), account('s')], context(4)).comparison.assessments.map(({ findings }) => findings.map(({ transition }) => transition))).toEqual([['changed'], ['unchanged']]);
  });

  test.each([
    ['another exemption', exemptBy(), exemptBy({ id: 'other' })],
    ['an exemption that has ended', exemptBy(), exemptBy({ state: 'expired' })],
  ])('have the next scan write again what differs by %s', async (_, ofFirst, ofSecond) => {
    const seen = (exemption: AppliedExemption) => [assessed([found('fail', { exemption, resourceId: resourceId('r') })], { resourceId: resourceId('r'), name: 'r' })];
    const memory = await both(before => compare(before, seen(ofFirst), context(2, only('r'))).next, before => compare(before, seen(ofSecond), context(3, only('r'))).next);
    expect(compare(memory, seen(ofSecond), context(4, only('r'))).comparison.assessments).toMatchObject([{ findings: [{ transition: 'changed' }] }]);
  });

  test('forget nothing that one of them found or lost', async () => {
    const memory = await both(before => after(before, 2, ['r', 's', 't']), before => after(before, 3, ['r']));
    expect(names(memory)).toEqual(['r', 's', 't']);
    const next = compare(memory, [account('r')], context(4));
    expect(next.comparison.gone.map(({ resource }) => resource.name)).toEqual(['s', 't']);
  });

  test('have the next scan write again what one of them lost and the other saw', async () => {
    const memory = await both(before => after(before, 2, ['r']), before => after(before, 3, ['r', 's']));
    const next = compare(memory, [account('r'), account('s')], context(4));
    expect(next.comparison.assessments).toMatchObject([{ transition: 'unchanged', findings: [{ transition: 'unchanged' }] }, { transition: 'changed', findings: [{ transition: 'changed' }] }]);
  });

  test('have the next scan write it again, even where a scan from between them comes in before', async () => {
    const memory = await both(before => after(before, 4, ['r']), before => after(before, 2, ['r', 's']));
    const seen = [account('r'), account('s')];
    const between = compare(memory, seen, context(3));
    // Its rows would be older than those by which s is gone.
    expect(compare(between.next, seen, context(5)).comparison.assessments).toMatchObject([{ transition: 'unchanged' }, { transition: 'changed', findings: [{ transition: 'changed' }] }]);
  });

  test.each([
    ['the first', 2, null, '2'],
    ['the second', null, 3, '3'],
    ['both', 3, 2, '3'],
    ['neither', null, null, undefined],
  ])('know of the last full emission, where %s wrote one', async (_, first, second, expected) => {
    const emitted = (scan: number | null) => (memory: Memory): Memory => ({ ...memory, fullAt: scan === null ? null : scanTime(scan) });
    const { fullAt } = await both(emitted(first), emitted(second));
    expect(fullAt?.getUTCHours().toString()).toBe(expected);
  });

  test.each([
    ['has saved first', 1],
    ['saves again and again, four times', 4],
  ])('come to an end where the other %s', async (_, times) => {
    const store = memoryStore();
    const other = (scan: number) => async (): Promise<void> => {
      await store.write(fileName, new TextEncoder().encode(`damaged ${scan}`), 'any');
    };
    const memory = after(null, 1, ['r']);
    await memoriesIn(contended(store, Array.from({ length: times }, (_, index) => other(index)))).save(key, memory, null);
    expect((await loaded(store)).memory).toEqual(memory);
  });

  test('give up where the other saves for ever, and say so', async () => {
    const store = memoryStore();
    let writes = 0;
    const restless = contended(store, Array.from({ length: 100 }, (_, index) => async () => {
      writes = index + 1;
      await store.write(fileName, new TextEncoder().encode(String(index)), 'any');
    }));
    await expect(memoriesIn(restless).save(key, after(null, 1, ['r']), null)).rejects.toThrow(new Problem(`Cannot save what is known of ${key}: in 5 attempts another scan was faster each time.`, 'Let fewer scans of it run at the same time.'));
    expect(writes).toBe(5);
  });

  test('do not mind that what was loaded is there no more', async () => {
    const store = memoryStore();
    const memories = memoriesIn(store);
    await memories.save(key, after(null, 1, ['r']), null);
    const { memory, tag } = await loaded(store);
    await store.remove(fileName);
    await memories.save(key, memory, tag);
    expect((await loaded(store)).memory).toEqual(memory);
  });
});

describe('the first scan', () => {
  test('is over when it says so, once and for all', async () => {
    const store = memoryStore();
    const memories = memoriesIn(store);
    expect(await memories.isEstablished()).toBe(false);
    await memories.establish();
    await memories.establish();
    expect(await memories.isEstablished()).toBe(true);
    expect([...store.files.keys()]).toEqual(['state/established.json']);
  });

  test('is not over because something is remembered', async () => {
    const store = memoryStore();
    await memoriesIn(store).save(key, after(null, 1, []), null);
    expect(await memoriesIn(store).isEstablished()).toBe(false);
  });

  test('leaves an account that comes back to its place', async () => {
    const store = memoryStore();
    await memoriesIn(store).save(key, compare(null, [assessed([found('pass')])], context(0)).next, null);
    const { memory } = await loaded(store);
    expect(compare(memory, [assessed([found('fail')])], context(1)).comparison.assessments).toMatchObject([{ assessment: { resourceId: accountId }, findings: [{ transition: 'regressed' }] }]);
  });
});

/** One scan among others: when it loads, looks and saves is up to the order of steps. */
interface Planned {
  readonly emission: 'full' | 'transitions';
  readonly names: readonly string[];
}

const planned = fc.record<Planned>({
  emission: fc.constantFrom('transitions', 'transitions', 'full'),
  names: fc.oneof({ weight: 2, arbitrary: fc.constant(resourceNames) }, { weight: 1, arbitrary: fc.subarray(resourceNames, { minLength: 1 }) }),
});

/** Rows of all scans, and of each finding the one of the latest scan, whatever the order in which they arrived. */
function latest(written: readonly { readonly number: number; readonly rows: Rows }[]): Rows {
  const last = new Map<string, unknown>();
  for (const { rows } of written.toSorted((a, b) => a.number - b.number)) for (const [id, row] of rows) last.set(id, row);
  return new Map([...last].filter(([id, row]) => row !== null && !id.startsWith('/')));
}

/** What a row says apart from its times, which scans at the same time may see differently. */
const untimed = (rows: Rows): unknown => new Map([...rows].map(([id, row]) => [id, { ...(row as object), since: null, failingSince: null }]));

describe('whatever scans do at the same time', () => {
  const scene = fc.record({ there: world, wanted: asked });
  const order = fc.array(fc.record({ scan: fc.nat(3), next: fc.option(scene, { freq: 2 }) }), { minLength: 12, maxLength: 12 });

  async function play(start: { there: World; wanted: Asked }, scans: readonly Planned[], steps: readonly { readonly scan: number; readonly next: typeof start | null }[]): Promise<{ rows: Rows; truth: Rows }> {
    const memories = memoriesIn(memoryStore());
    const written: { number: number; rows: Rows }[] = [];
    let now = start;
    const run = async function* run(number: number, { emission, names: scope }: Planned): AsyncGenerator {
      const before = await memories.load(key);
      yield;
      const { there, wanted } = now;
      const ids = new Set(scope.map(resourceId));
      const memory = typeof before === 'string' ? null : before.memory;
      const { comparison, next } = compare(memory, assessmentsOf(there, wanted, scope), context(number, { judgedBy: id => String(wanted[id]), covers: resource => ids.has(resource.resourceId) }));
      const writes = memory === null ? 'full' : emission;
      written.push({ number, rows: rowsOf({ ...comparison, emission: writes }) });
      yield;
      const kept = writes === 'full' ? { ...next, fullAt: scanTime(number) } : next;
      // A scan that found everything as it was need not save that.
      if (memory === null || !isSameMemory(memory, kept)) await memories.save(key, kept, typeof before === 'string' ? null : before.tag);
    };
    const running = scans.map((scan, index) => run(index, scan));
    for (const { scan, next } of steps) {
      now = next ?? now;
      await running[scan]?.next();
    }
    // Those that have not written their rows are killed, the others come to their end. One more scan, alone.
    for (const { number } of written) await running[number]?.next();
    for await (const _ of run(20, { emission: 'transitions', names: resourceNames })) now = { ...now };
    const truth = assessmentsOf(now.there, now.wanted).flatMap(({ findings }) => findings);
    return { rows: latest(written), truth: new Map(truth.map(finding => [finding.id, findingRow({ finding, since: scanTime(0), failingSince: null })])) };
  }

  test("the next scan's transitions make the rows say what is there", async () => {
    await fc.assert(
      fc.asyncProperty(scene, fc.array(planned, { minLength: 4, maxLength: 4 }), order, async (start, scans, steps) => {
        const { rows, truth } = await play(start, scans, steps);
        expect(untimed(rows)).toEqual(untimed(truth));
      }),
      { numRuns: 250 },
    );
  });
});
