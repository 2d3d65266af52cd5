import { z } from 'zod';
import { reaches } from '../../src/core/exposure.ts';
import { reasons } from '../../src/core/fact.ts';
import { severities } from '../../src/core/finding.ts';
import { outcomes } from '../../src/core/scan.ts';

const count = z.int().min(0);
const percent = z.int().min(0).max(100).nullable();
const share = z.number().min(0).max(1);
const guid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const score = z.object({ floor: percent, ceiling: percent, coverage: share });
const gap = z.object({ reason: z.enum(reasons), detail: z.string().min(1), permission: z.string().optional() });

export const ScanInDocument = z.object({
  id: z.uuid(),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  cloud: z.string(),
  version: z.string().regex(/^\d+\.\d+\.\d+/),
  subscriptions: z.object({ expected: count, scanned: count, denied: count, throttled: count, failed: count, skipped: count }),
  complete: z.boolean(),
  accounts: count,
  score,
  arm: z.object({ requests: count, throttled: count, retries: count }),
});

/** A subscription that was not scanned has a reason, one that was has none. */
export const SubscriptionInDocument = z
  .object({ subscriptionId: guid, name: z.string(), outcome: z.enum(outcomes), reason: z.string().min(1).optional(), accounts: count })
  .refine(({ outcome, reason }) => (outcome === 'scanned') === (reason === undefined));

const FindingInDocument = z
  .object({
    id: z.string().regex(/^[0-9a-f]{32}$/),
    controlId: z.string().regex(/^[a-z0-9-]+$/),
    severity: z.enum(severities),
    status: z.string(),
    message: z.string().min(1),
    observed: z.record(z.string(), z.unknown()),
    gaps: z.array(gap.extend({ fact: z.string() })).min(1).optional(),
    requirements: z.array(z.string()),
  })
  .refine(({ status, gaps }) => (status === 'unknown') === (gaps !== undefined));

export const AssessmentInDocument = z.object({
  resourceId: z.string().startsWith('/'),
  resourceType: z.string().regex(/^Microsoft\.\w+\/\w+/i),
  name: z.string().min(1),
  /** Empty for what is above subscriptions. */
  subscriptionId: z.union([guid, z.literal('')]),
  score,
  exposure: z.object({ reach: z.enum([...reaches, 'unknown']), latent: z.array(z.string()), decidedBy: z.string(), explanation: z.string().min(1) }).nullable(),
  findings: z.array(FindingInDocument).min(1),
});

/** What `--format json` prints. */
export const Document = z.object({ scan: ScanInDocument, subscriptions: z.array(SubscriptionInDocument), assessments: z.array(AssessmentInDocument) });
export type Document = z.output<typeof Document>;
