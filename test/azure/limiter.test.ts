import { describe, expect, test } from 'vitest';
import type { Arm } from '../../src/azure/arm.ts';
import { armFor, azureServer, failure, page, type Answer, type Received } from '../support/azure-server.ts';

const server = azureServer();

describe('requests in flight', () => {
  const pause = (milliseconds: number): Promise<void> =>
    new Promise(resolve => {
      setTimeout(resolve, milliseconds);
    });

  interface Gate {
    /** How many of each subscription were in flight at once, at most; and of all. */
    readonly most: Map<string, number>;
    answer(this: void, request: Received): Promise<Answer>;
    /** Lets the held requests go when there are that many and no more come. */
    release(expected: number): Promise<void>;
  }

  function gate(): Gate {
    const now = new Map<string, number>();
    const most = new Map<string, number>();
    const held: (() => void)[] = [];
    let open = false;
    const count = (who: string, change: number): void => {
      now.set(who, (now.get(who) ?? 0) + change);
      most.set(who, Math.max(most.get(who) ?? 0, now.get(who) ?? 0));
    };
    return {
      most,
      async answer({ url }) {
        const who = ['all', url.split('/')[2] ?? ''];
        for (const each of who) count(each, 1);
        if (!open) await new Promise<void>(resolve => held.push(resolve));
        for (const each of who) count(each, -1);
        return page([]);
      },
      async release(expected) {
        while (held.length < expected) await pause(1);
        await pause(20);
        open = true;
        for (const go of held) go();
      },
    };
  }

  const ids = Array.from({ length: 4 }, (_, index) => `${index}`.repeat(8).concat('-0000-0000-0000-000000000000'));
  const things = (id: string | undefined): string => `/subscriptions/${id}/things`;
  const through = ({ answer }: Gate) => Object.fromEntries(ids.map(id => [`GET ${things(id)}`, answer]));
  const readEach = (arm: Arm, times: number) => Promise.all(ids.flatMap(id => Array.from({ length: times }, () => arm.list(things(id), '1'))));

  test('are as many as allowed, and never more', async () => {
    const held = gate();
    server.answers(through(held));
    const arm = armFor(server, { concurrency: 7 });
    await Promise.all([readEach(arm, 10), held.release(7)]);
    expect(held.most.get('all')).toBe(7);
    expect(arm.counters.requests).toBe(40);
  });

  test('of one subscription are twelve, however many are allowed', async () => {
    const held = gate();
    server.answers(through(held));
    await Promise.all([readEach(armFor(server, { concurrency: 100 }), 30), held.release(48)]);
    expect(held.most).toEqual(new Map([['all', 48], ...ids.map(id => [id, 12] as const)]));
  });

  test('of a large scan warn of nothing', async () => {
    const warnings: Error[] = [];
    const note = (warning: Error): void => void warnings.push(warning);
    process.on('warning', note);
    const held = gate();
    server.answers(through(held));
    await Promise.all([readEach(armFor(server, { concurrency: 64 }), 40), held.release(48)]);
    process.off('warning', note);
    expect(warnings).toEqual([]);
  });

  test('of one subscription leave room for another', async () => {
    const held = gate();
    server.answers({ [`GET ${things(ids[0])}`]: held.answer, [`GET ${things(ids[1])}`]: [page([])] });
    const arm = armFor(server, { concurrency: 13 });
    const slow = Array.from({ length: 30 }, () => arm.list(things(ids[0]), '1'));
    expect(await arm.list(things(ids[1]), '1')).toMatchObject({ known: true });
    await Promise.all([...slow, held.release(12)]);
  });

  test('are not waits: a throttled request lets others go first', async () => {
    server.answers({
      [`GET ${things(ids[0])}`]: [failure(429, 'TooManyRequests', 'Later.', { 'retry-after-ms': '150' }), page([])],
      [`GET ${things(ids[1])}`]: [page([])],
    });
    const arm = armFor(server, { concurrency: 1 });
    const order: string[] = [];
    await Promise.all([0, 1].map(index => arm.list(things(ids[index]), '1').then(() => order.push(String(index)))));
    expect(order).toEqual(['1', '0']);
  });
});
