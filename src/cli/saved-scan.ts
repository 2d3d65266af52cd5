import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Assessment } from '../core/assessment.ts';
import { exemptionCategories } from '../core/exemption.ts';
import { reaches } from '../core/exposure.ts';
import { reasons } from '../core/fact.ts';
import { severities } from '../core/finding.ts';
import { Problem } from '../core/problem.ts';
import { outcomes } from '../core/scan.ts';

/** What `scan --format json` wrote, as far as other commands need it. */
export type SavedScan = z.output<typeof Document>;

const date = z.iso.datetime().transform(text => new Date(text));
const texts = z.array(z.string()).readonly();
const observed = z.record(z.string(), z.json());
const exemption = z.object({
  id: z.string(),
  category: z.enum(exemptionCategories),
  reason: z.string(),
  owner: z.string(),
  expiresOn: z.string(),
  state: z.enum(['active', 'expired']),
});
const accessMode = z.union([z.enum(['Learning', 'Enforced', 'Audit']), z.object({ unrecognised: z.string() }), z.null()]);

const Exposure = z.object({
  reach: z.enum([...reaches, 'unknown']),
  outbound: z.enum(['open', 'perimeterRules', 'denied', 'unknown']),
  trustedServices: z.enum(['off', 'on', 'unknown']),
  decidedBy: z.string(),
  latent: z.array(z.enum(['lastPrivateEndpoint', 'learningOpensDisabled', 'bypassResources'])),
  perimeters: z.array(z.object({ id: z.string(), accessMode })),
  explanation: z.string(),
});

const Finding = z.object({
  id: z.string(),
  controlId: z.string(),
  severity: z.enum(severities),
  status: z.enum(['pass', 'fail', 'notApplicable', 'unknown', 'manual']),
  message: z.string(),
  observed,
  gaps: z.array(z.object({ fact: z.string(), reason: z.enum(reasons), detail: z.string(), permission: z.string().exactOptional() })).exactOptional(),
  requirements: texts,
  sources: texts,
  exemption: exemption.exactOptional(),
});

const Assessed = z.object({
  resourceId: z.string().min(1),
  resourceType: z.string(),
  name: z.string(),
  subscriptionId: z.string(),
  location: z.string().nullable(),
  tags: z.record(z.string(), z.string()).exactOptional(),
  score: z.object({ floor: z.number().nullable(), ceiling: z.number().nullable(), coverage: z.number() }),
  exposure: Exposure.nullable(),
  findings: z.array(Finding),
}) satisfies z.ZodType<Assessment>;

const Document = z.object({
  scan: z.object({
    id: z.string(),
    startedAt: date,
    cloud: z.string(),
    version: z.string(),
    baseline: z.string(),
    scope: z.enum(['tenant', 'managementGroup', 'subscriptions', 'accounts']),
    complete: z.boolean(),
    gaps: z.array(z.object({ reason: z.enum(reasons), detail: z.string() })),
    judgedBy: z.record(z.string(), z.string()),
  }),
  subscriptions: z.array(z.object({ subscriptionId: z.string(), name: z.string(), outcome: z.enum(outcomes), reason: z.string().optional(), accounts: z.number() })),
  assessments: z.array(Assessed),
});

const make = 'Make one with: cosmos-compliance scan --format json --output scan.json';

/**
 * Reads a file that `scan --format json` wrote.
 * @throws Problem where it cannot be read, or is something else
 */
export async function readSavedScan(file: string): Promise<SavedScan> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new Problem(`Cannot read ${file}: ${error instanceof Error ? error.message : String(error)}.`, `Name the result of a scan. ${make}`, error);
  });
  const parsed = Document.safeParse(jsonIn(text, file));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Problem(`${file} is not the result of a scan: ${issue?.path.join('.') || 'the document'}: ${issue?.message ?? 'not as expected'}.`, make, parsed.error);
}

function jsonIn(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const lines = text.trimStart().startsWith('{"type":"');
    const what = lines ? 'holds a JSON object per line (--format ndjson), and one document is needed' : 'is not JSON, or was cut off';
    throw new Problem(`${file} ${what}.`, make, error);
  }
}
