import { version } from '../azure/user-agent.ts';
import type { Baseline } from '../baseline/effective.ts';
import { judgedBy } from '../baseline/judged-by.ts';
import type { Assessment } from '../core/assessment.ts';
import type { Comparison } from '../core/transition.ts';
import type { ScanReport } from '../scan/close-scan.ts';
import { json } from '../sinks/formats/text.ts';
import type { Sink } from '../sinks/sink.ts';
import type { Output } from './output.ts';

/** A sink that prints: `json` one document at the end, `ndjson` a line per assessment as it comes, then the rest. */
export interface JsonOutput extends Sink {
  end(report: ScanReport): Promise<void>;
}

/** @param baseline what the scan judges by: the document says of each control what was asked, so that two can be compared */
export function jsonOutput(format: 'json' | 'ndjson', output: Output, baseline: Baseline): JsonOutput {
  const asked = askedBy(baseline);
  const kept: { readonly id: string; readonly text: string }[] = [];
  const add = async (comparison: Comparison): Promise<void> => {
    const assessments = comparison.assessments.map(({ assessment }) => assessment);
    if (format === 'json') kept.push(...assessments.map(assessment => ({ id: assessment.resourceId.toLowerCase(), text: json(presented(assessment)) })));
    else for (const assessment of assessments) await output.write(`${json({ type: 'assessment', ...presented(assessment) })}\n`);
  };
  return {
    subscription: (_scan, _result, comparison) => add(comparison),
    close: (_summary, others) => add(others),
    async end(report) {
      if (format === 'ndjson') {
        const lines = [...subscriptionsOf(report).map(subscription => ({ type: 'subscription', ...subscription })), { type: 'scan', ...scanOf(report, asked) }];
        for (const line of lines) await output.write(`${json(line)}\n`);
        return;
      }
      const sorted = kept.toSorted((a, b) => (a.id < b.id ? -1 : 1));
      await output.write(`{"scan":${json(scanOf(report, asked))},"subscriptions":${json(subscriptionsOf(report))},"assessments":[`);
      for (const [index, { text }] of sorted.entries()) await output.write(`${index === 0 ? '' : ','}\n${text}`);
      await output.write(']}\n');
    },
  };
}

function scanOf({ summary }: ScanReport, asked: Readonly<Record<string, string>>): object {
  const { id, startedAt, finishedAt, cloud, version: by, baseline, scope, subscriptions, complete, accounts, perimeters, findings, score, arm, gaps, warnings } = summary;
  return { id, startedAt, finishedAt, cloud, version: by, baseline, scope, subscriptions, complete, accounts, perimeters, findings, score, arm, gaps, warnings, judgedBy: asked };
}

/** What the baseline asks of each control that is on, as a digest. */
function askedBy(baseline: Baseline): Readonly<Record<string, string>> {
  const digestOf = judgedBy(baseline, version);
  return Object.fromEntries([...baseline.controls].flatMap(([id, { enabled }]) => (enabled ? [[id, digestOf(id)]] : [])));
}

function subscriptionsOf({ subscriptions }: ScanReport): object[] {
  return subscriptions.map(({ subscriptionId, name, outcome, reason, accounts }) => ({ subscriptionId, name, outcome, ...(reason !== null && { reason }), accounts }));
}

function presented({ resourceId, resourceType, name, subscriptionId, location, tags, score, exposure, findings }: Assessment): object {
  return { resourceId, resourceType, name, subscriptionId, location, ...(tags && { tags }), score, exposure, findings };
}
