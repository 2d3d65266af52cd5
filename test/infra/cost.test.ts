import { describe, expect, test } from 'vitest';
import { costInput, monthlyCost, renderCost, type CostInput } from '../../src/tools/docs/cost.ts';

/** Numbers with which every sum can be done by hand. */
const input: CostInput = {
  measured: { by: 'a script', bytesOfAccount: 1e9, bytesOfSubscription: 1e8, bytesOfUnchangedAccount: 1e6, bytesOfUnchangedSubscription: 1e5, requestsOfAccount: 3, requestsOfSubscription: 20 },
  assumed: { accountsPerSubscription: 10, scansPerDay: 5, fullEmissionsPerDay: 1, changedShare: 0.1, secondsPerRequest: 0.5, requestsAtOnce: 10, retentionDays: 131, totalRetentionDays: 231, telemetryBytesPerScan: 1e5 },
  prices: { asOf: 'May', region: 'the north', source: 'a page', ingestionPerGB: 2, ingestionFreeGB: 5, retentionPerGBMonth: 0.1, retentionFreeDays: 31, longTermPerGBMonth: 0.02, flexPerGBSecond: 0.001, flexFreeGBSeconds: 100, storagePerMonth: 1, logAlertPerMonth: 0.5, metricAlertPerMonth: 0.1 },
};

describe('what a month costs', () => {
  test('is the sum of its parts', () => {
    const { gigabytesPerDay, ingestion, retention, compute, storage, alerts, total } = monthlyCost(input, 100, 4, 2);
    // 100 accounts and 10 subscriptions: 101 GB in full, 0.101 GB four times, a tenth of the full once more, 0.5 MB of logs.
    expect(gigabytesPerDay).toBeCloseTo(101 + 4 * 0.101 + 10.1 + 0.0005, 6);
    expect(ingestion).toBeCloseTo((gigabytesPerDay * 30.4 - 5) * 2, 6);
    expect(retention).toBeCloseTo(gigabytesPerDay * (100 * 0.1 + 100 * 0.02), 6);
    // 500 requests, ten at once: 25 s on an instance of 2 GB, 152 times.
    expect(compute).toBeCloseTo((25 * 2 * 152 - 100) * 0.001, 6);
    expect(alerts).toBeCloseTo(2.2, 6);
    expect(total).toBeCloseTo(ingestion + retention + compute + storage + alerts, 6);
  });

  test('is nothing for what is free, never less', () => {
    const free: CostInput = { ...input, measured: { ...input.measured, bytesOfAccount: 1, bytesOfSubscription: 1, requestsOfAccount: 0, requestsOfSubscription: 0 }, assumed: { ...input.assumed, retentionDays: 30, totalRetentionDays: 30 } };
    expect(monthlyCost(free, 1, 0, 0)).toMatchObject({ ingestion: 0, retention: 0, compute: 0, total: 1 });
  });
});

test("the page has a line for 10, 1,000 and 10,000 accounts, and the prices' date and source", () => {
  const page = renderCost(input, 4, 2);
  expect([...page.matchAll(/^\| ([\d,]+) \|/gm)].map(([, accounts]) => accounts)).toEqual(['10', '1,000', '10,000']);
  expect(page).toContain('list prices of May, the north, from a page');
  expect(page).toContain('4 log alert rules × 0.5 + 2 metric alert rules × 0.1');
});

test('what infra/cost.json holds was measured', () => {
  const { measured } = costInput();
  expect(measured.bytesOfAccount).toBeGreaterThan(1_000);
  expect(measured.requestsOfAccount).toBeGreaterThan(1);
});
