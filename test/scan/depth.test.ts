import { afterAll, beforeAll, expect, test } from 'vitest';
import { generatedEstate } from '../../src/sandbox/index.ts';
import { standardBaseline } from '../../src/scan/baseline.ts';
import { runScan } from '../../src/scan/run.ts';
import type { Sink } from '../../src/sinks/sink.ts';
import { connected, type Connection } from '../support/connection.ts';

let azure: Connection;
beforeAll(async () => {
  azure = await connected({ estate: generatedEstate({ subscriptions: 12, accountsPerSubscription: 1 }) });
});
afterAll(() => azure.stop());

test('what waits to be written counts as read in depth: however slow a sink is, few subscriptions are held in memory', async () => {
  let [now, most, written] = [0, 0, 0];
  const slow: Sink = {
    async subscription(_scan, { accounts }) {
      now += 1;
      most = Math.max(most, now);
      await new Promise(resolve => {
        setTimeout(resolve, 20);
      });
      now -= 1;
      written += accounts;
    },
    close: () => Promise.resolve(),
  };
  const { signal } = new AbortController();
  await runScan({ arm: azure.arm(), scope: { include: [], exclude: [], managementGroup: null }, baseline: standardBaseline, concurrency: 16, signal, sinks: [slow] });
  expect(written).toBe(12);
  expect(most).toBeLessThanOrEqual(2);
});
