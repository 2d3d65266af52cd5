import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { z } from 'zod';
import { Problem } from '../../core/problem.ts';
import type { ArmCounters, ScanIdentity } from '../../core/scan.ts';
import type { Sent } from '../../sinks/log-analytics/sink.ts';
import type { TenantReading } from '../knowledge.ts';
import type { ScanPart } from '../part.ts';
import type { Plan, ScanScope } from '../plan.ts';

/** Everything that processes need to know to work on the same scan. */
export interface ScanPlan {
  readonly identity: ScanIdentity;
  readonly scope: ScanScope;
  readonly plan: Plan;
  /** Everything that the app is set up to scan was asked for. */
  readonly isWhole: boolean;
  /** The baseline file; null = the standard profile. */
  readonly baselineText: string | null;
  /** Noticed before and while it was planned. */
  readonly warnings: readonly string[];
  readonly shared: TenantReading;
  /** No scan has ended before; null where the history cannot be used. */
  readonly firstScan: boolean | null;
  /** What is not read by then is skipped. */
  readonly deadline: Date;
  /** What planning asked of Resource Manager. */
  readonly arm: ArmCounters;
  /** Rows of earlier scans that planning delivered. */
  readonly sent: Sent;
}

/** What became of one subscription. */
export interface KeptPart {
  readonly part: ScanPart;
  readonly sent: Sent;
}

/** Raised when an older version could not understand what a newer one writes. */
const version = 1;

const [zip, unzip] = [promisify(gzip), promisify(gunzip)];

/** Content of a file: compressed JSON, with the version of its format. */
export async function packed(content: object): Promise<Uint8Array> {
  return zip(JSON.stringify({ version, ...content }));
}

/** @throws Problem where a file is damaged, or of a format that this version does not know */
export async function unpacked<T>(name: string, content: Uint8Array, schema: z.ZodType<T>): Promise<T> {
  try {
    return schema.parse(JSON.parse((await unzip(content)).toString('utf8')));
  } catch (error) {
    throw new Problem(`${name} cannot be understood: it is damaged, or of another version of the monitor.`, 'Let every instance of the app run the same version; the next scan starts anew.', error);
  }
}

const Moment = z.string().transform(text => new Date(text)).refine(date => !Number.isNaN(date.getTime()));
const Texts = z.array(z.string());
const Counters = z.object({ requests: z.number(), throttled: z.number(), retries: z.number() });
const SentRows = z.object({ rows: z.number(), setAside: z.number(), problem: z.string().nullable() });

/** What is our own from end to end is checked for being there; dates are brought back to life. */
function own<T>(): z.ZodType<T> {
  return z.custom<T>(value => typeof value === 'object' && value !== null);
}

export const PlanFile = z.object({
  version: z.literal(version),
  identity: z.object({ id: z.string(), startedAt: Moment, cloud: z.string(), version: z.string(), baseline: z.string(), scope: z.enum(['tenant', 'managementGroup', 'subscriptions', 'accounts']) }),
  scope: own<ScanScope>(),
  plan: own<Plan>(),
  isWhole: z.boolean(),
  baselineText: z.string().nullable(),
  warnings: Texts,
  shared: own<TenantReading>(),
  firstScan: z.boolean().nullable(),
  deadline: Moment,
  arm: Counters,
  sent: SentRows,
});

const Result = z.object({
  subscriptionId: z.string(),
  name: z.string(),
  outcome: z.enum(['scanned', 'denied', 'throttled', 'failed', 'skipped']),
  reason: z.string().nullable(),
  accounts: z.number(),
  startedAt: Moment,
  finishedAt: Moment,
});

export const PartFile = z.object({
  version: z.literal(version),
  part: z.object({
    result: Result,
    scores: z.array(own<ScanPart['scores'][number]>()),
    exemptions: z.object({ needed: Texts, passing: Texts }),
    gaps: z.array(own<ScanPart['gaps'][number]>()),
    warnings: Texts,
    perimeters: Texts,
    findings: z.number(),
    findingRows: z.number(),
    arm: Counters,
  }),
  sent: SentRows,
});

export const ClosedFile = z.object({ version: z.literal(version), line: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])) });
