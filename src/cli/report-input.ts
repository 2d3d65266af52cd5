import { allControls } from '../controls/index.ts';
import type { Assessment } from '../core/assessment.ts';
import type { SubscriptionResult } from '../core/scan.ts';
import { controlsAnswering, documents } from '../requirements/index.ts';
import type { ScanReport } from '../scan/close-scan.ts';
import type { ReportInput, ReportRequirement } from '../sinks/report.ts';
import type { Sink } from '../sinks/sink.ts';

/** A sink that keeps every assessment for the forms of a result that show a whole scan. */
export interface ReportCollector extends Sink {
  input(report: ScanReport): ReportInput;
}

export function reportCollector(): ReportCollector {
  const assessments: Assessment[] = [];
  return {
    subscription: async (_scan, _result, comparison) => void assessments.push(...comparison.assessments.map(({ assessment }) => assessment)),
    close: async (_summary, others) => void assessments.push(...others.assessments.map(({ assessment }) => assessment)),
    input: ({ summary, subscriptions }) => reportInputOf(summary, subscriptions, assessments),
  };
}

/** Everything a report may show, of a scan however it came here. */
export function reportInputOf(summary: ReportInput['summary'], subscriptions: readonly SubscriptionResult[], assessments: readonly Assessment[]): ReportInput {
  return {
    summary,
    subscriptions: subscriptions.toSorted((a, b) => order(a.subscriptionId, b.subscriptionId)),
    assessments: assessments.map(assessment => ({ key: assessment.resourceId.toLowerCase(), assessment })).toSorted((a, b) => order(a.key, b.key)).map(({ assessment }) => assessment),
    controls: allControls.toSorted((a, b) => order(a.id, b.id)),
    requirements: reportRequirements,
    portal: portals[summary.cloud] ?? null,
  };
}

const reportRequirements: readonly ReportRequirement[] = documents.flatMap(({ title, requirements }) =>
  requirements.map(requirement => ({ id: requirement.id, document: title, title: requirement.title, responsibility: requirement.responsibility, controls: controlsAnswering(requirement) })),
);

/**
 * By cloud. A custom cloud does not say where its portal is.
 * @see https://learn.microsoft.com/azure/azure-government/compare-azure-government-global-azure#guidance-for-developers
 * @see https://learn.microsoft.com/azure/china/resources-developer-guide#check-endpoints-in-azure
 */
const portals: Readonly<Record<string, string>> = { public: 'https://portal.azure.com', usgovernment: 'https://portal.azure.us', china: 'https://portal.azure.cn' };

function order(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
