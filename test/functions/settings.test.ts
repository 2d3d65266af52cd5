import { describe, expect, test } from 'vitest';
import { guid } from '../../src/sandbox/estate/ids.ts';
import { appSettings } from '../../src/scan/settings.ts';

describe('settings', () => {
  const complete = { LOGS_INGESTION_ENDPOINT: 'https://dcr.westeurope-1.ingest.monitor.azure.com', LOGS_RULE_ID: 'dcr-1', SCAN_SCHEDULE: '0 0 */6 * * *', TASKHUB_NAME: 'hub', STATE_URL: 'https://contoso.blob.core.windows.net/cosmos-compliance' };

  test.each([
    [{}, 'Application settings are missing: LOGS_INGESTION_ENDPOINT, LOGS_RULE_ID, SCAN_SCHEDULE, TASKHUB_NAME, STATE_URL.'],
    [{ LOGS_RULE_ID: 'dcr-1', SCAN_SCHEDULE: '' }, 'Application settings are missing: LOGS_INGESTION_ENDPOINT, SCAN_SCHEDULE, TASKHUB_NAME, STATE_URL.'],
    [{ AZURE_CLOUD: 'custom' }, 'Application settings are missing: LOGS_INGESTION_ENDPOINT, LOGS_RULE_ID, SCAN_SCHEDULE, TASKHUB_NAME, STATE_URL, ARM_ENDPOINT, LOGS_AUDIENCE.'],
    [{ ...complete, ARM_ENDPOINT: 'https://arm.local' }, 'Application settings are missing: LOGS_AUDIENCE, STORAGE_AUDIENCE.'],
    [{ ...complete, STATE_URL: '' }, 'Application settings are missing: STATE_URL.'],
  ])('that are missing are all named: %j', (environment, message) => {
    expect(() => appSettings(environment)).toThrow(message);
  });

  test.each([
    [{ SCAN_SUBSCRIPTIONS: `${guid('a')}, production` }, 'SCAN_SUBSCRIPTIONS has "production", which is not a subscription id.'],
    [{ SCAN_EXCLUDE_SUBSCRIPTIONS: '1234' }, 'SCAN_EXCLUDE_SUBSCRIPTIONS has "1234", which is not a subscription id.'],
    [{ SCAN_CONCURRENCY: 'many' }, 'SCAN_CONCURRENCY is "many".'],
    [{ SCAN_CONCURRENCY: '0' }, 'SCAN_CONCURRENCY is "0".'],
    [{ SCAN_CONCURRENCY: '257' }, 'SCAN_CONCURRENCY is "257".'],
    [{ SCAN_DEADLINE_MINUTES: '4' }, 'SCAN_DEADLINE_MINUTES is "4". Set it to a whole number from 5 to 55.'],
    [{ SCAN_DEADLINE_MINUTES: '56' }, 'SCAN_DEADLINE_MINUTES is "56".'],
    [{ SCAN_DEADLINE_MINUTES: 'an hour' }, 'SCAN_DEADLINE_MINUTES is "an hour".'],
    [{ FULL_EMISSION_HOURS: '-1' }, 'FULL_EMISSION_HOURS is "-1". Set it to a whole number from 0 to 168.'],
    [{ FULL_EMISSION_HOURS: '1.5' }, 'FULL_EMISSION_HOURS is "1.5".'],
    [{ LOGS_INGESTION_ENDPOINT: 'http://dcr.local' }, 'LOGS_INGESTION_ENDPOINT is "http://dcr.local", which is not https.'],
    [{ AZURE_CLOUD: 'moon' }, 'moon'],
  ])('that are wrong are named: %j', (environment, message) => {
    expect(() => appSettings({ ...complete, ...environment })).toThrow(message);
  });

  test('say everything a scan needs', () => {
    const environment = { ...complete, AZURE_CLOUD: 'usgovernment', SCAN_SUBSCRIPTIONS: ` ${guid('a')},${guid('b')}\n`, SCAN_EXCLUDE_SUBSCRIPTIONS: guid('c'), SCAN_MANAGEMENT_GROUP: 'teams', SCAN_CONCURRENCY: '64', SCAN_DEADLINE_MINUTES: '20', FULL_EMISSION_HOURS: '0' };
    expect(appSettings(environment)).toMatchObject({
      cloud: { name: 'usgovernment' },
      scope: { include: [guid('a'), guid('b')], exclude: [guid('c')], managementGroup: 'teams' },
      destination: { endpoint: complete.LOGS_INGESTION_ENDPOINT, ruleId: 'dcr-1', scope: 'https://monitor.azure.us/.default' },
      state: { kind: 'blob', url: complete.STATE_URL },
      concurrency: 64,
      deadlineMinutes: 20,
      fullEmissionHours: 0,
    });
  });

  test('have defaults', () => {
    expect(appSettings(complete)).toMatchObject({ cloud: { name: 'public' }, scope: { include: [], exclude: [], managementGroup: null }, concurrency: 64, deadlineMinutes: 50, fullEmissionHours: 24 });
  });
});
