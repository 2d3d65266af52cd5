import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Condition, Store, Stored } from '../../src/state/store.ts';

const bytes = (text: string): Buffer => Buffer.from(text);
const textOf = (stored: Stored | null): string | null => stored && Buffer.from(stored.content).toString();

/** The tag of what a write left there; a conflict fails the test. */
function written(answer: string): string {
  expect(answer).not.toBe('conflict');
  return answer;
}

export interface StoreUnderTest {
  /** Makes a new, empty place, and gives what opens stores over it: each is a client of its own. */
  readonly place: () => Promise<() => Store>;
  /** How often laws are tried. */
  readonly runs: number;
}

/** What every store does, whatever it is made of. */
export function specifyStore(name: string, { place, runs }: StoreUnderTest): void {
  describe(name, () => {
    test('is empty at first, and removing what is not there is no error', async () => {
      const store = (await place())();
      expect(await store.read('outbox/1.json')).toBeNull();
      expect(await store.names('')).toEqual([]);
      expect(await store.names('outbox/')).toEqual([]);
      await expect(store.remove('outbox/1.json')).resolves.toBeUndefined();
    });

    test.each([
      ['a text', bytes('é "quoted" 😀\n')],
      ['nothing', bytes('')],
      ['bytes that are no text', Buffer.from([0, 255, 200, 13, 10, 128])],
      ['a megabyte', Buffer.alloc(1_000_003, 'compliance')],
    ])('gives back %s as it was, to every client, with the tag that writing it gave', async (_, content) => {
      const open = await place();
      const tag = written(await open().write('a.bin', content, 'any'));
      const stored = await open().read('a.bin');
      expect(Buffer.from(stored?.content ?? []).equals(content)).toBe(true);
      expect(stored?.tag).toBe(tag);
    });

    test('gives back the last that was written', async () => {
      const store = (await place())();
      const first = written(await store.write('a', bytes('a longer first text'), 'any'));
      const second = written(await store.write('a', bytes('second'), 'any'));
      expect(second).not.toBe(first);
      expect(textOf(await store.read('a'))).toBe('second');
    });

    interface Case {
      readonly when: string;
      /** What was written before, in order; the last is there. */
      readonly before: readonly string[];
      /** `first` and `last`: the tags of what was written. */
      readonly condition: 'any' | 'absent' | 'first' | 'last' | 'unheard of';
      readonly succeeds: boolean;
    }

    test.each<Case>([
      { when: 'there is none and any will do', before: [], condition: 'any', succeeds: true },
      { when: 'there is one and any will do', before: ['old'], condition: 'any', succeeds: true },
      { when: 'there should be none and is none', before: [], condition: 'absent', succeeds: true },
      { when: 'there should be none and is one', before: ['old'], condition: 'absent', succeeds: false },
      { when: 'it is the version that was read', before: ['older', 'old'], condition: 'last', succeeds: true },
      { when: 'it was changed since', before: ['older', 'old'], condition: 'first', succeeds: false },
      { when: 'it never had that version', before: ['old'], condition: 'unheard of', succeeds: false },
      { when: 'there is none of any version', before: [], condition: 'unheard of', succeeds: false },
    ])('a write when $when: succeeds = $succeeds, and leaves what was there otherwise', async ({ before, condition, succeeds }) => {
      const open = await place();
      const tags: string[] = [];
      for (const each of before) tags.push(written(await open().write('a', bytes(each), 'any')));
      // Quotes and digits, as ETags have.
      const named = { first: tags[0], last: tags.at(-1), 'unheard of': '"0x8DF0000000000000"' };
      const asked: Condition = condition === 'any' || condition === 'absent' ? condition : { tag: named[condition] ?? '' };
      const answer = await open().write('a', bytes('new'), asked);
      expect(answer !== 'conflict').toBe(succeeds);
      const stored = await open().read('a');
      expect(textOf(stored)).toBe(succeeds ? 'new' : (before.at(-1) ?? null));
      expect(stored?.tag).toBe(succeeds ? answer : tags.at(-1));
    });

    test('what was removed is not there: its version is no longer the current one', async () => {
      const open = await place();
      const tag = written(await open().write('a/b', bytes('x'), 'absent'));
      await open().remove('a/b');
      expect(await open().read('a/b')).toBeNull();
      expect(await open().names('')).toEqual([]);
      expect(await open().write('a/b', bytes('y'), { tag })).toBe('conflict');
      written(await open().write('a/b', bytes('z'), 'absent'));
      expect(textOf(await open().read('a/b'))).toBe('z');
    });

    test.each<[string, string, readonly string[]]>([
      ['everything', '', ['outbox/0001.json', 'outbox/0002.json', 'outbox-old/1', 'outbox.json', 'a/b/c.gz', 'z']],
      ['what is in a folder', 'outbox/', ['outbox/0001.json', 'outbox/0002.json']],
      ['what begins so', 'outbox', ['outbox/0001.json', 'outbox/0002.json', 'outbox-old/1', 'outbox.json']],
      ['what begins so in a folder', 'outbox/0002', ['outbox/0002.json']],
      ['what is deep', 'a/', ['a/b/c.gz']],
      ['nothing', 'b', []],
      ['nothing of a folder that is not there', 'nowhere/x', []],
    ])('names %s, sorted', async (_, prefix, expected) => {
      const store = (await place())();
      for (const each of ['z', 'outbox/0002.json', 'outbox.json', 'a/b/c.gz', 'outbox-old/1', 'outbox/0001.json']) written(await store.write(each, bytes(each), 'any'));
      expect(await store.names(prefix)).toEqual(expected.toSorted());
    });

    test('names all of many', async () => {
      const open = await place();
      const names = Array.from({ length: 60 }, (_, number) => `outbox/${String(number).padStart(4, '0')}`);
      await Promise.all(names.map(each => open().write(each, bytes(each), 'absent')));
      expect(await open().names('outbox/')).toEqual(names);
    });

    test.each(['', '/', '/a', 'a/', 'a//b', '.', '..', '../a', 'a/../b', './a', '.hidden', 'a/.hidden', 'a b', 'a\\b', 'ä', 'a%2Fb', 'a?b', 'a\nb', 'x'.repeat(501)])('refuses the name %j: it might lead elsewhere', async wrong => {
      const store = (await place())();
      const attempts = [() => store.read(wrong), () => store.write(wrong, bytes('x'), 'any'), () => store.remove(wrong)];
      for (const attempt of attempts) await expect((async () => attempt())()).rejects.toThrow('is not a name of the state');
    });

    test('of many that want to be the first one is', async () => {
      const open = await place();
      const answers = await Promise.all(Array.from({ length: 8 }, (_, client) => open().write('lock', bytes(String(client)), 'absent')));
      const winners = answers.flatMap((answer, client) => (answer === 'conflict' ? [] : String(client)));
      expect(winners).toHaveLength(1);
      expect(textOf(await open().read('lock'))).toBe(winners[0]);
    });

    test('of many that replace the same version one does', async () => {
      const open = await place();
      const tag = written(await open().write('a', bytes('old'), 'any'));
      const answers = await Promise.all(Array.from({ length: 8 }, (_, client) => open().write('a', bytes(`new ${client}`), { tag })));
      const winners = answers.flatMap((answer, client) => (answer === 'conflict' ? [] : `new ${client}`));
      expect(winners).toHaveLength(1);
      expect(textOf(await open().read('a'))).toBe(winners[0]);
    });

    test('reads old or new while it is being written, never a mixture', async () => {
      const open = await place();
      const versions = ['a', 'b', 'c'].map(letter => letter.repeat(300_000));
      written(await open().write('a', bytes(versions[0] ?? ''), 'any'));
      const state = { isWriting: true };
      const writing = (async () => {
        for (let round = 0; round < 6; round += 1) written(await open().write('a', bytes(versions[round % 3] ?? ''), 'any'));
      })().finally(() => (state.isWriting = false));
      const reader = open();
      while (state.isWriting) expect(versions.includes(textOf(await reader.read('a')) ?? '')).toBe(true);
      await writing;
    });

    test('law: every history of two clients is that of one place', async () => {
      const operation = fc.record({ client: fc.nat(1), name: fc.constantFrom('a', 'b/c'), what: fc.constantFrom<What[]>('read', 'any', 'absent', 'seen', 'remove', 'names'), content: fc.string({ maxLength: 5 }) });
      await fc.assert(
        fc.asyncProperty(fc.array(operation, { minLength: 4, maxLength: 14 }), async operations => {
          const open = await place();
          const clients = [open(), open()].map(store => ({ store, seen: new Map<string, Version>() }));
          const there = new Map<string, Version>();
          for (const [turn, { client, name, what, content }] of operations.entries()) {
            const { store, seen } = clients[client] ?? { store: open(), seen: new Map<string, Version>() };
            // Contents differ, so that a tag names one write.
            const step = { what, name, text: `${content} ${turn}` };
            const expected = expectedOf(step, there, seen.get(name));
            const { answer, version } = await carriedOut(step, store, seen.get(name));
            expect(answer, `${what} ${name}`).toEqual(expected);
            // What a client has read or written is what it knows; what it was told that is not there, it does not.
            if (version) seen.set(name, version);
            else if (what === 'read') seen.delete(name);
            if (what === 'remove') there.delete(name);
            if (what !== 'read' && version) there.set(name, version);
          }
        }),
        { numRuns: runs },
      );
    });

    test('law: whatever the order in which two clients read and write, no write that succeeded is lost', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.nat(1), { minLength: 4, maxLength: 20 }), async order => {
          const open = await place();
          const clients = [adding(open(), 'a', 4), adding(open(), 'b', 4)];
          for (const next of order) await clients[next]?.step();
          for (const client of clients) while (!client.isDone()) await client.step();
          expect(textOf(await open().read('list'))?.split(' ').toSorted()).toEqual(clients.flatMap(({ added }) => added).toSorted());
        }),
        { numRuns: runs },
      );
    });

    test('law: nor when they do so all at once', async () => {
      const open = await place();
      const clients = Array.from({ length: 4 }, (_, client) => adding(open(), `client${client}`, 5));
      await Promise.all(
        clients.map(async client => {
          while (!client.isDone()) await client.step();
        }),
      );
      expect(textOf(await open().read('list'))?.split(' ').toSorted()).toEqual(clients.flatMap(({ added }) => added).toSorted());
    });
  });
}

type What = 'read' | 'any' | 'absent' | 'seen' | 'remove' | 'names';

interface Step {
  readonly what: What;
  readonly name: string;
  readonly text: string;
}

interface Version {
  readonly text: string;
  readonly tag: string;
}

/** What a place that holds `there` answers to a client that has `seen` that version of the name. */
function expectedOf({ what, name }: Step, there: ReadonlyMap<string, Version>, seen: Version | undefined): unknown {
  const now = there.get(name);
  switch (what) {
    case 'read':
      return now?.text ?? null;
    case 'names':
      return [...there.keys()].toSorted();
    case 'remove':
      return 'removed';
    case 'any':
      return 'written';
    case 'absent':
      return now ? 'conflict' : 'written';
    case 'seen':
      return now && now.text === seen?.text ? 'written' : 'conflict';
  }
}

/** What the store answers, and the version that the client then knows. */
async function carriedOut({ what, name, text }: Step, store: Store, seen: Version | undefined): Promise<{ readonly answer: unknown; readonly version?: Version }> {
  if (what === 'names') return { answer: await store.names('') };
  if (what === 'remove') return { answer: (await store.remove(name), 'removed') };
  if (what === 'read') {
    const stored = await store.read(name);
    return { answer: textOf(stored), ...(stored && { version: { text: textOf(stored) ?? '', tag: stored.tag } }) };
  }
  const tag = await store.write(name, bytes(text), what === 'seen' ? { tag: seen?.tag ?? '"0x8DF0000000000000"' } : what);
  return tag === 'conflict' ? { answer: tag } : { answer: 'written', version: { text, tag } };
}

/** A client that adds words to a list, one step at a time: a read, or a write on the condition that nothing has changed since. */
function adding(store: Store, word: string, times: number) {
  const added: string[] = [];
  let read: { readonly stored: Stored | null } | null = null;
  return {
    added,
    isDone: () => added.length === times,
    async step(): Promise<void> {
      if (added.length === times) return;
      if (read === null) {
        read = { stored: await store.read('list') };
        return;
      }
      const { stored } = read;
      read = null;
      const next = `${word}${added.length}`;
      const text = [textOf(stored), next].filter(part => part !== null).join(' ');
      if ((await store.write('list', bytes(text), stored ? { tag: stored.tag } : 'absent')) !== 'conflict') added.push(next);
    },
  };
}
