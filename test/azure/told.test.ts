import { createHttpHeaders } from '@azure/core-rest-pipeline';
import { describe, expect, test } from 'vitest';
import { askedWait, quotaResetsAfter, remaindersIn, usedUpFor } from '../../src/azure/told.ts';

describe('the wait Azure asks for', () => {
  const now = Date.parse('2026-11-20T06:00:00Z');

  test.each([
    ['nothing', {}, undefined],
    ['seconds', { 'retry-after': '17' }, 17_000],
    ['no seconds', { 'retry-after': '0' }, 0],
    ['a date', { 'retry-after': 'Fri, 20 Nov 2026 06:00:30 GMT' }, 30_000],
    ['a date that has passed', { 'retry-after': 'Fri, 20 Nov 2026 05:59:00 GMT' }, 0],
    ['words', { 'retry-after': 'soon' }, undefined],
    ['milliseconds', { 'retry-after-ms': '1500' }, 1_500],
    ["milliseconds in Azure's own header", { 'x-ms-retry-after-ms': '1500' }, 1_500],
    ['milliseconds before seconds', { 'retry-after-ms': '1500', 'retry-after': '60' }, 1_500],
    ['seconds where milliseconds are none', { 'retry-after-ms': 'soon', 'retry-after': '60' }, 60_000],
    ["Resource Graph's quota", { 'x-ms-user-quota-resets-after': '00:00:05' }, 5_000],
    ["seconds before Resource Graph's quota", { 'retry-after': '2', 'x-ms-user-quota-resets-after': '00:00:05' }, 2_000],
    ['a quota in words', { 'x-ms-user-quota-resets-after': 'later' }, undefined],
  ])('is read from %s', (_, headers, wait) => {
    expect(askedWait({ headers: createHttpHeaders(headers) }, now)).toBe(wait);
  });

  test.each([
    ['00:00:05', 5_000],
    ['01:02:03', 3_723_000],
    ['00:00:01.5000000', 1_000],
    ['5', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('as a time span %s', (span, wait) => {
    expect(quotaResetsAfter(span)).toBe(wait);
  });
});

describe('what remains of a quota', () => {
  const account = '/subscriptions/x/resourceGroups/data/providers/Microsoft.DocumentDB/databaseAccounts/orders';

  test.each([
    ['the reads of a subscription', { 'x-ms-ratelimit-remaining-subscription-reads': '249' }, [{ quota: 'reads', left: 249 }]],
    ['the reads of a tenant', { 'x-ms-ratelimit-remaining-tenant-reads': '17' }, [{ quota: 'reads', left: 17 }]],
    ['the requests a provider allows', { 'x-ms-ratelimit-remaining-subscription-resource-requests': '9' }, [{ quota: 'requests to microsoft.documentdb', left: 9 }]],
    ['nothing', { 'x-ms-ratelimit-remaining-subscription-reads': '0' }, [{ quota: 'reads', left: 0 }]],
    ['two quotas', { 'x-ms-ratelimit-remaining-subscription-reads': '3', 'x-ms-ratelimit-remaining-subscription-resource-requests': '4' }, [{ quota: 'reads', left: 3 }, { quota: 'requests to microsoft.documentdb', left: 4 }]],
    ['no quota', {}, []],
    ['a quota in words', { 'x-ms-ratelimit-remaining-subscription-reads': 'plenty' }, []],
    ['a quota below nothing', { 'x-ms-ratelimit-remaining-subscription-reads': '-1' }, []],
  ])('is read: %s', (_, headers, remainders) => {
    expect(remaindersIn({ headers: createHttpHeaders(headers) }, account)).toEqual(remainders);
  });
});

describe('the quota of Resource Graph', () => {
  test.each([
    ['that is used up', { 'x-ms-user-quota-remaining': '0', 'x-ms-user-quota-resets-after': '00:00:05' }, 5_000],
    ['of which something is left', { 'x-ms-user-quota-remaining': '1', 'x-ms-user-quota-resets-after': '00:00:05' }, undefined],
    ['that is used up for nobody knows how long', { 'x-ms-user-quota-remaining': '0' }, undefined],
    ['of which nothing is said', {}, undefined],
  ])('is read: one %s', (_, headers, wait) => {
    expect(usedUpFor({ headers: createHttpHeaders(headers) })).toBe(wait);
  });
});
