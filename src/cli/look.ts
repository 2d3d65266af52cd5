import { distance } from 'fastest-levenshtein';
import { connect } from '../azure/arm.ts';
import { cloudFrom, type Environment } from '../azure/clouds.ts';
import { credentialFor } from '../azure/credential.ts';
import { accountType, type Assessment } from '../core/assessment.ts';
import { Problem } from '../core/problem.ts';
import { subscriptionOf, topLevelOf } from '../core/resource-id.ts';
import { standardBaseline } from '../scan/baseline.ts';
import { runScan } from '../scan/run.ts';
import { concurrencyFrom, subscriptionsIn } from '../scan/settings.ts';
import { baselineIn } from './baseline-file.ts';
import { endOnInterrupt } from './interrupt.ts';
import { openLog, type LogOptions } from './log.ts';
import { progressReporter } from './progress.ts';
import { inSandbox } from './sandbox.ts';
import { readSavedScan } from './saved-scan.ts';

/** Where a command that looks at single resources finds them. */
export interface LookOptions extends LogOptions {
  /** Result of an earlier scan. */
  readonly from?: string;
  readonly subscription: string[];
  readonly baseline?: string;
  readonly sandbox?: boolean;
}

/** What was found, and how much of what there is. */
export interface Seen {
  readonly assessments: readonly Assessment[];
  /** Display names of subscriptions by id in lower case. */
  readonly names: ReadonlyMap<string, string>;
  /** What was not read, in sentences. */
  readonly missing: readonly string[];
  readonly at: Date;
}

/**
 * Reads a saved result, or scans: the account that is named by its id and nothing else, the subscription of another
 * resource, or what the options and the credentials allow.
 * @param wanted id or name of a resource; undefined = all
 * @throws Problem for a file that is no result, settings that are wrong, and where the scan cannot begin
 */
export async function look(wanted: string | undefined, options: LookOptions): Promise<Seen> {
  if (options.from !== undefined) {
    const { scan, subscriptions, assessments } = await readSavedScan(options.from);
    return lookOf(assessments, subscriptions.map(each => ({ ...each, reason: each.reason ?? null })), scan.gaps, scan.startedAt);
  }
  subscriptionsIn('--subscription', options.subscription);
  return options.sandbox ? inSandbox(({ environment }) => scanFor(wanted, options, environment)) : scanFor(wanted, options, process.env);
}

async function scanFor(wanted: string | undefined, options: LookOptions, environment: Environment): Promise<Seen> {
  const cloud = cloudFrom(environment);
  const baseline = options.baseline === undefined ? standardBaseline : await baselineIn(options.baseline);
  const log = openLog(options);
  const progress = progressReporter(process.stderr, log);
  const interrupt = endOnInterrupt(log);
  const assessments: Assessment[] = [];
  const concurrency = concurrencyFrom('--concurrency', undefined);
  const arm = connect({ cloud, credential: credentialFor(cloud, environment), signal: interrupt.signal, concurrency });
  const { summary, subscriptions } = await runScan({
    arm,
    scope: { include: options.subscription, exclude: [], managementGroup: null, ...scopeOf(wanted) },
    baseline,
    concurrency,
    signal: interrupt.signal,
    sinks: [
      {
        subscription: async (_scan, _result, comparison) => void assessments.push(...comparison.assessments.map(({ assessment }) => assessment)),
        close: async (_summary, others) => void assessments.push(...others.assessments.map(({ assessment }) => assessment)),
      },
    ],
    onProgress: each => progress.show(each, arm.counters),
  }).finally(() => {
    progress.end();
    interrupt.dispose();
  });
  return lookOf(assessments, subscriptions, summary.gaps, summary.startedAt);
}

/** What has to be read to find a resource by its id; a name may be anywhere. */
function scopeOf(wanted: string | undefined): { readonly include?: readonly string[]; readonly accounts?: readonly string[] } {
  const subscription = wanted === undefined ? null : subscriptionOf(wanted);
  if (wanted === undefined || subscription === null) return {};
  subscriptionsIn('The resource id', [subscription]);
  const isAccount = /\/databaseAccounts\/[^/]+$/i.test(topLevelOf(wanted));
  return { include: [subscription], ...(isAccount && { accounts: [topLevelOf(wanted)] }) };
}

interface Unread {
  readonly subscriptionId: string;
  readonly name: string;
  readonly outcome: string;
  readonly reason: string | null;
}

function lookOf(assessments: readonly Assessment[], subscriptions: readonly Unread[], gaps: readonly { readonly detail: string }[], at: Date): Seen {
  const unread = subscriptions.filter(({ outcome }) => outcome !== 'scanned');
  const inWords = ({ subscriptionId, name, outcome, reason }: Unread): string => `Subscription ${name || subscriptionId} was not read (${outcome}). ${reason ?? ''}`.trim();
  return {
    assessments,
    names: new Map(subscriptions.map(({ subscriptionId, name }) => [subscriptionId.toLowerCase(), name])),
    missing: [...unread.map(inWords), ...gaps.map(({ detail }) => detail)],
    at,
  };
}

/**
 * The one resource of that id or name.
 * @param among what may be meant
 * @throws Problem with the ids where several have the name, or with the nearest name where none has
 */
export function resourceCalled(wanted: string, among: readonly Assessment[], { missing }: Pick<Seen, 'missing'>): Assessment {
  const lower = wanted.toLowerCase();
  const isId = lower.startsWith('/');
  const found = among.filter(({ resourceId, name }) => (isId ? resourceId.toLowerCase() === lower : name.toLowerCase() === lower));
  const [only, ...others] = found;
  if (only && others.length === 0) return only;
  if (only) throw new Problem(`${found.length} resources are called ${wanted}:\n${found.map(({ resourceId }) => `  ${resourceId}`).join('\n')}\n`, 'Name one by its id.');
  const unread = missing.length === 0 ? '' : ` Not everything was read: ${missing.slice(0, 3).join(' ')}${missing.length > 3 ? ` And ${missing.length - 3} more.` : ''}`;
  const nearest = among.map(({ name }) => ({ name, far: distance(lower, name.toLowerCase()) })).toSorted((a, b) => a.far - b.far)[0];
  const isNear = !isId && nearest !== undefined && nearest.far <= Math.max(2, wanted.length / 3);
  const hint = isNear ? `Did you mean ${nearest.name}?` : 'Name it as Azure does, or by its id: az cosmosdb list --query "[].id" --output tsv';
  throw new Problem(`No ${isId ? 'resource has the id' : 'resource is called'} ${wanted}.${unread}`, hint);
}

export function isAccount({ resourceType }: Pick<Assessment, 'resourceType'>): boolean {
  return resourceType.toLowerCase() === accountType.toLowerCase();
}
