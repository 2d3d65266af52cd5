import { beforeAll, describe, expect, test } from 'vitest';
import type { Finding } from '../../src/core/finding.ts';
import { scanSandbox } from '../support/scan-sandbox.ts';

type Intended = Readonly<Record<string, readonly string[]>>;

/** What some resources of the demo estate were made to show, by control and status. */
const intended: Readonly<Record<string, Intended>> = {
  'private-dns-zone-linked': {
    pass: ['orders-prod', 'profiles-prod', 'loyalty-services', 'reports-mongo'],
    fail: ['payments-prod', 'returns-prod'],
    notApplicable: ['basket-prod', 'lookups-table'],
    unknown: ['loyalty-agency', 'surveys-nosql'],
  },
  'private-dns-records-current': {
    pass: ['orders-prod', 'vouchers-prod'],
    fail: ['customers-prod', 'returns-prod'],
    notApplicable: ['basket-prod', 'payments-prod'],
    unknown: ['loyalty-agency', 'surveys-nosql'],
  },
  'private-dns-zone-locked': { pass: ['contoso-team-data', 'contoso-team-loyalty'], fail: ['contoso-production'], notApplicable: ['contoso-staging'] },
  'subnets-have-nsg': { pass: ['orders-prod', 'inventory-prod'], fail: ['profiles-prod', 'telemetry-hot'], notApplicable: ['basket-prod', 'telemetry-moved'], unknown: ['loyalty-agency', 'telemetry-audit'] },
  'nsg-rules-use-service-tags': { pass: ['orders-prod', 'loyalty-services'], fail: ['inventory-prod', 'cards-nosql'], notApplicable: ['basket-prod', 'profiles-prod'], unknown: ['loyalty-agency', 'telemetry-audit'] },
  'flow-logs-enabled': { pass: ['orders-prod'], fail: ['inventory-prod', 'reports-mongo', 'loyalty-services'], notApplicable: ['basket-prod'], unknown: ['loyalty-agency', 'telemetry-partner'] },
  'ddos-protection-enabled': { pass: ['orders-prod', 'profiles-prod'], fail: ['inventory-prod', 'loyalty-services'], notApplicable: ['basket-prod', 'reports-mongo'], unknown: ['loyalty-agency', 'telemetry-audit'] },
};

describe('private access in the demo estate', () => {
  const findings = new Map<string, readonly Finding[]>();
  beforeAll(async () => {
    const { assessments } = await scanSandbox();
    for (const { name, findings: own } of assessments) findings.set(name, own);
  });

  const cases = Object.entries(intended).flatMap(([control, statuses]) => Object.entries(statuses).flatMap(([status, names]) => names.map(name => [control, status, name] as const)));
  test.each(cases)('%s: %s for %s', (control, status, name) => {
    expect(findings.get(name)?.find(({ controlId }) => controlId === control)?.status).toBe(status);
  });

  test('what is unknown says what could not be seen, once', () => {
    const message = findings.get('surveys-nosql')?.find(({ controlId }) => controlId === 'private-dns-zone-linked')?.message;
    expect(message).toBe('Not known: Azure does not say which private endpoint is behind connection pe-surveys: it may be of another tenant.');
  });
});
