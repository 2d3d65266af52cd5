import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { growthOf } from '../../src/cli/heap.ts';

const megabyte = 2 ** 20;

describe('the old generation', () => {
  test.each([
    { live: 8, percent: 150 },
    { live: 32, percent: 150 },
    { live: 48, percent: 100 },
    { live: 96, percent: 50 },
    { live: 192, percent: 25 },
    { live: 1_000, percent: 25 },
  ])('of which $live MB are live grows by $percent % before it is collected', ({ live, percent }) => expect(growthOf(live * megabyte)).toBe(percent));
});

/** Makes 600 MB of small objects, of which the last 12 MB are alive, and says what the young generation came to, in megabytes. */
const churn = `
  const { getHeapSpaceStatistics } = await import('node:v8');
  const { setImmediate } = await import('node:timers/promises');
  const alive = [];
  let most = 0;
  for (let round = 0; round < 600; round += 1) {
    alive.push(Array.from({ length: 10_000 }, (_, index) => ({ index, round, text: String(index) })));
    if (alive.length > 12) alive.shift();
    await setImmediate();
    most = Math.max(most, getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space').space_size);
  }
  console.log(most / ${megabyte});
`;

function youngAfter(preparation: string): number {
  const heap = new URL('../../src/cli/heap.ts', import.meta.url).href;
  return Number(execFileSync(process.execPath, ['--input-type=module', '--eval', `const { restrainHeap } = await import(${JSON.stringify(heap)}); ${preparation} ${churn}`], { encoding: 'utf8', cwd: join(import.meta.dirname, '../..') }));
}

describe('the young generation of a program that makes and forgets', () => {
  test('grows, and not beyond 32 MB', () => {
    const young = youngAfter('restrainHeap();');
    expect(young).toBeGreaterThan(16);
    expect(young).toBeLessThanOrEqual(32);
  });

  test('is larger where nobody restrains it', () => expect(youngAfter('')).toBeGreaterThan(32));
});
