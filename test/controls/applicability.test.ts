import { describe, expect, test } from 'vitest';
import { allApis, apisWith, limits, unsupported } from '../../src/controls/applicability.ts';
import type { Api } from '../../src/core/account.ts';

const serving = (...apis: Api[]) => ({ apis, serverless: false });
const serverless = { apis: ['nosql'] as const, serverless: true };

describe('applicability', () => {
  test('of each feature, by API', () => {
    expect(apisWith('continuousBackup')).toEqual(['gremlin', 'mongodb', 'nosql', 'table']);
    expect(apisWith('keysOff')).toEqual(['nosql', 'table']);
    expect(apisWith('perimeter')).toEqual(['nosql']);
    expect(apisWith('severalRegions')).toEqual([...allApis]);
    expect(apisWith('throughputLimit')).toEqual([...allApis]);
  });

  test('says why, of the API in question', () => {
    expect(unsupported('keysOff', serving('gremlin'))).toContain('Gremlin');
    expect(unsupported('keysOff', serving('mongodb'))).toContain('MongoDB');
    expect(unsupported('perimeter', serving('table'))).toContain('NoSQL API');
  });

  test('one API that supports it is enough', () => {
    expect(unsupported('keysOff', serving('cassandra', 'table'))).toBeNull();
    expect(unsupported('keysOff', serving('cassandra', 'gremlin'))).toContain('Cassandra');
  });

  test('nothing is ruled out for an account whose API is not known', () => {
    expect(unsupported('keysOff', serving())).toBeNull();
  });

  test('of serverless accounts', () => {
    expect(unsupported('severalRegions', serverless)).toContain('one region');
    expect(unsupported('throughputLimit', serverless)).toContain('no provisioned throughput');
    expect(unsupported('continuousBackup', serverless)).toBeNull();
    expect(unsupported('keysOff', serverless)).toBeNull();
  });

  test.each(limits)('$feature: $because', ({ because, source, asOf }) => {
    expect(because).toMatch(/^[A-Z].+\.$/);
    expect(source).toMatch(/^https:\/\//);
    expect(asOf).toMatch(/^20\d\d-\d\d-\d\d$/);
  });
});
