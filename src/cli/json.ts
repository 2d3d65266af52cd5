import type { Assessment } from '../core/assessment.ts';
import type { ScanReport } from '../scan/run.ts';
import type { Sink } from '../sinks/sink.ts';
import type { Output } from './output.ts';

/** A sink that prints: `json` one document at the end, `ndjson` a line per assessment as it comes, then the rest. */
export interface JsonOutput extends Sink {
  end(report: ScanReport): Promise<void>;
}

export function jsonOutput(format: 'json' | 'ndjson', output: Output): JsonOutput {
  const kept: { readonly id: string; readonly text: string }[] = [];
  const add = async (assessments: readonly Assessment[]): Promise<void> => {
    if (format === 'json') kept.push(...assessments.map(assessment => ({ id: assessment.resourceId.toLowerCase(), text: JSON.stringify(presented(assessment)) })));
    else if (assessments.length > 0) await output.write(assessments.map(assessment => `${JSON.stringify({ type: 'assessment', ...presented(assessment) })}\n`).join(''));
  };
  return {
    subscription: (_scan, _result, assessments) => add(assessments),
    close: (_summary, perimeters) => add(perimeters),
    async end(report) {
      if (format === 'ndjson') {
        const lines = [...subscriptionsOf(report).map(subscription => ({ type: 'subscription', ...subscription })), { type: 'scan', ...scanOf(report) }];
        await output.write(lines.map(line => `${JSON.stringify(line)}\n`).join(''));
        return;
      }
      const sorted = kept.toSorted((a, b) => (a.id < b.id ? -1 : 1));
      await output.write(`{"scan":${JSON.stringify(scanOf(report))},"subscriptions":${JSON.stringify(subscriptionsOf(report))},"assessments":[`);
      for (const [index, { text }] of sorted.entries()) await output.write(`${index === 0 ? '' : ','}\n${text}`);
      await output.write(']}\n');
    },
  };
}

function scanOf({ summary }: ScanReport): object {
  const { id, startedAt, finishedAt, cloud, version, baseline, subscriptions, complete, accounts, perimeters, score, arm, gaps, warnings } = summary;
  return { id, startedAt, finishedAt, cloud, version, baseline, subscriptions, complete, accounts, perimeters, score, arm, gaps, warnings };
}

function subscriptionsOf({ subscriptions }: ScanReport): object[] {
  return subscriptions.map(({ subscriptionId, name, outcome, reason, accounts }) => ({ subscriptionId, name, outcome, ...(reason !== null && { reason }), accounts }));
}

function presented({ resourceId, resourceType, name, subscriptionId, location, score, exposure, findings }: Assessment): object {
  return { resourceId, resourceType, name, subscriptionId, location, score, exposure, findings };
}
