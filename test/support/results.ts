import type { Assessment } from '../../src/core/assessment.ts';
import type { Finding } from '../../src/core/finding.ts';
import { findingId } from '../../src/core/finding.ts';
import type { ComparedAssessment, Comparison } from '../../src/core/transition.ts';
import type { ScanIdentity, ScanSummary, SubscriptionResult } from '../../src/core/scan.ts';
import { accountId, exposure, subscriptionId } from './builders.ts';

const startedAt = new Date('2026-11-20T06:00:00Z');
const finishedAt = new Date('2026-11-20T06:01:30.500Z');

/** What scans report, for tests of what is done with it. */
export function scan(differences: Partial<ScanIdentity> = {}): ScanIdentity {
  return { id: 'aaaaaaaa-0000-4000-8000-000000000001', startedAt, cloud: 'public', version: '0.1.0', baseline: 'standard 1', scope: 'tenant', ...differences };
}

export function result(differences: Partial<SubscriptionResult> = {}): SubscriptionResult {
  return { subscriptionId, name: 'production', outcome: 'scanned', reason: null, accounts: 1, startedAt, finishedAt, ...differences };
}

export function finding(differences: Partial<Finding> = {}): Finding {
  const { controlId = 'exposure-not-public' } = differences;
  return {
    id: findingId(accountId, controlId),
    controlId,
    severity: 'critical',
    status: 'fail',
    message: 'Everybody can reach it.',
    observed: { reach: 'internet' },
    requirements: ['ASB NS-2'],
    sources: ['GET /subscriptions'],
    ...differences,
  };
}

export function assessment(differences: Partial<Assessment> = {}): Assessment {
  return {
    resourceId: accountId,
    resourceType: 'Microsoft.DocumentDB/databaseAccounts',
    name: 'orders',
    subscriptionId,
    location: 'westeurope',
    score: { floor: 10, ceiling: 90, coverage: 0.75 },
    exposure: exposure({ latent: ['lastPrivateEndpoint'] }),
    findings: [finding()],
    ...differences,
  };
}

export function summary(differences: Partial<ScanSummary> = {}): ScanSummary {
  return {
    ...scan(),
    finishedAt,
    subscriptions: { expected: 3, scanned: 2, denied: 1, throttled: 0, failed: 0, skipped: 0 },
    complete: false,
    accounts: 1,
    perimeters: 1,
    findings: 3,
    findingRows: 3,
    score: { floor: 10, ceiling: 90, coverage: 0.5 },
    arm: { requests: 12, throttled: 2, retries: 1 },
    gaps: [{ reason: 'denied', detail: 'Cannot read one thing.' }, { reason: 'failed', detail: 'Nor another.' }],
    warnings: [],
    ...differences,
  };
}

/** As a scan compares it that has no history: everything is new. */
export function compared(each: Assessment = assessment(), differences: Partial<ComparedAssessment> = {}): ComparedAssessment {
  const fresh = { transition: 'new', cause: 'resource' } as const;
  return {
    ...fresh,
    assessment: each,
    previousReach: null,
    reachSince: each.exposure ? startedAt : null,
    findings: each.findings.map(one => ({ ...fresh, finding: one, previousStatus: null, since: startedAt, failingSince: one.status === 'fail' ? startedAt : null })),
    ...differences,
  };
}

export function comparison(assessments: readonly Assessment[] = [], differences: Partial<Comparison> = {}): Comparison {
  return { assessments: assessments.map(each => compared(each)), gone: [], emission: 'full', ...differences };
}
