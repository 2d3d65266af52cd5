import type { Assessment } from '../../core/assessment.ts';
import { isExempted, type AppliedExemption } from '../../core/exemption.ts';
import { severities, type Finding } from '../../core/finding.ts';
import type { ReportInput } from '../report.ts';
import { catalogueOf, entriesOf, notReadIn, order, severitiesIn, type Entry } from './entries.ts';
import { levels, ruleOf, unknownRule } from './sarif-rules.ts';
import { escapedPath, json, portalLink, printable } from './text.ts';

export interface SarifOptions {
  /** Results for what passes and what does not apply as well; GitHub takes every result for an alert. */
  readonly passes?: boolean;
  /** Results in the file, the worst first. */
  readonly most?: number;
}

/**
 * GitHub refuses a file with more results, and shows the worst 5,000.
 * @see https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/troubleshoot-sarif-uploads
 */
const mostResults = 25_000;

/** What resource ids are relative to. */
const uriBaseId = 'AZURE';

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/**
 * SARIF 2.1.0, one run. What fails is a result of kind `fail`, what is unknown one of kind `open`, what a person has to
 * attest one of kind `review`. What the scan could not read makes the invocation unsuccessful, with a notification each.
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html
 */
export function* renderSarif(input: ReportInput, { passes = false, most = mostResults }: SarifOptions = {}): Generator<string> {
  const entries = entriesOf(input);
  const { ids, rules } = rulesOf(input, entries);
  const wanted = reportedFindings(entries, passes);
  const { summary } = input;
  const run = {
    tool: { driver: { name: 'cosmos-compliance-monitor', version: summary.version, semanticVersion: summary.version, language: 'en', rules } },
    automationDetails: { id: `cosmos-compliance/${summary.cloud}/` },
    columnKind: 'utf16CodeUnits',
    language: 'en',
    originalUriBaseIds: { [uriBaseId]: { description: { text: 'Azure Resource Manager' } } },
    invocations: [invocationOf(input, Math.max(0, wanted.length - most))],
    properties: propertiesOf(input),
  };
  yield `{"$schema":${json(schema)},"version":"2.1.0","runs":[${json(run).slice(0, -1)},"results":[`;
  for (const [index, { entry, finding }] of wanted.slice(0, most).entries()) {
    yield `${index === 0 ? '' : ','}\n${json(resultOf(finding, entry.assessment, ids.get(finding.controlId) ?? -1, input.portal))}`;
  }
  yield ']}]}\n';
}

function rulesOf(input: ReportInput, entries: readonly Entry[]): { readonly ids: ReadonlyMap<string, number>; readonly rules: readonly object[] } {
  const catalogue = catalogueOf(input);
  const judged = severitiesIn(entries);
  const ids = [...new Set([...catalogue.keys(), ...judged.keys()])].toSorted(order);
  const rules = ids.map(id => {
    const control = catalogue.get(id);
    return control ? ruleOf(control, judged.get(id) ?? control.severity) : unknownRule(id, judged.get(id) ?? 'info');
  });
  return { ids: new Map(ids.map((id, index) => [id, index])), rules };
}

interface Reported {
  readonly entry: Entry;
  readonly finding: Finding;
}

const urgency: Readonly<Record<Finding['status'], number>> = { fail: 0, unknown: 1, manual: 2, notApplicable: 3, pass: 4 };

/** The worst first, so that what is cut off, or not shown, is what matters least: exempted, then what passes. */
function reportedFindings(entries: readonly Entry[], passes: boolean): Reported[] {
  const weight = ({ finding }: Reported): number =>
    (finding.status === 'pass' || finding.status === 'notApplicable' ? 1000 : 0) + (isExempted(finding) ? 100 : 0) + 10 * severities.indexOf(finding.severity) + urgency[finding.status];
  return entries
    .flatMap(entry => entry.findings.map((finding): Reported => ({ entry, finding })))
    .filter(({ finding: { status } }) => passes || (status !== 'pass' && status !== 'notApplicable'))
    .map(reported => ({ reported, weight: weight(reported) }))
    .toSorted((a, b) => a.weight - b.weight)
    .map(({ reported }) => reported);
}

const kinds = { fail: 'fail', unknown: 'open', manual: 'review', notApplicable: 'notApplicable', pass: 'pass' } as const satisfies Readonly<Record<Finding['status'], string>>;

function resultOf(finding: Finding, { resourceId, resourceType, name, subscriptionId, location, exposure }: Assessment, ruleIndex: number, portal: string | null): object {
  const { id, controlId, severity, status, message, observed, gaps, requirements, sources, exemption } = finding;
  const link = portalLink(portal, resourceId);
  return {
    ruleId: printable(controlId),
    ruleIndex,
    kind: kinds[status],
    level: status === 'fail' ? levels[severity] : 'none',
    message: messageOf(`${name}: ${message}`),
    locations: [
      {
        // Azure compares ids without case: one spelling, so that the next scan is told to be about the same place.
        physicalLocation: { artifactLocation: { uri: escapedPath(resourceId.toLowerCase().replace(/^\/+/, '')), uriBaseId }, region: { startLine: 1 } },
        logicalLocations: [{ name, fullyQualifiedName: resourceId, kind: 'resource' }],
      },
    ],
    partialFingerprints: { 'findingId/v1': id, primaryLocationLineHash: `${id}:1` },
    suppressions: isExempted(finding) && exemption ? [suppressionOf(exemption)] : [],
    ...(link !== null && { hostedViewerUri: link }),
    properties: {
      status,
      severity,
      resourceType,
      subscriptionId,
      location,
      requirements,
      observed,
      ...(gaps && { gaps }),
      ...(exposure && { reach: exposure.reach }),
      ...(exemption && { exemption }),
      sources,
    },
  };
}

function suppressionOf({ id, category, reason, owner, expiresOn }: AppliedExemption): object {
  return { kind: 'external', status: 'accepted', justification: printable(`${category} until ${expiresOn}, ${owner}: ${reason} (exemption ${id})`) };
}

function invocationOf(input: ReportInput, leftOut: number): object {
  const { summary } = input;
  const missing = notReadIn(input).map(({ id, subscription, why, detail, permission }) => ({
    level: 'error',
    descriptor: { id: subscription ? 'subscription-not-read' : 'not-read' },
    message: messageOf(`${subscription ? `Subscription ${subscription.name || subscription.subscriptionId} was not read` : 'Not read'} (${why}). ${detail}${permission === null ? '' : ` Needs ${permission}.`}`),
    properties: { id, why, ...(subscription && { subscriptionId: subscription.subscriptionId }), ...(permission !== null && { permission }) },
  }));
  const left = { level: 'warning', descriptor: { id: 'results-left-out' }, message: messageOf(`${leftOut} results, the least severe, are left out: more would not be loaded.`), properties: { leftOut } };
  const warnings = summary.warnings.map(warning => ({ level: 'warning', descriptor: { id: 'warning' }, message: messageOf(warning) }));
  return {
    executionSuccessful: summary.complete,
    startTimeUtc: summary.startedAt.toISOString(),
    endTimeUtc: summary.finishedAt.toISOString(),
    toolExecutionNotifications: [...missing, ...(leftOut > 0 ? [left] : []), ...warnings],
  };
}

/**
 * A plain text message: nothing in it is a link or a placeholder.
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html#_Toc141790720
 */
function messageOf(text: string): { readonly text: string } {
  return { text: printable(text).replaceAll('](', '] (').replaceAll(/[{}]/g, '$&$&') };
}

function propertiesOf({ summary: { id, cloud, baseline, complete, subscriptions, accounts, perimeters, score } }: ReportInput): object {
  return { scanId: id, cloud, baseline, complete, subscriptions, accounts, perimeters, score };
}
