import type { ControlInfo } from '../../core/control.ts';
import { isExempted } from '../../core/exemption.ts';
import type { Finding } from '../../core/finding.ts';
import type { Score } from '../../core/score.ts';
import type { ReportInput } from '../report.ts';
import { catalogueOf, entriesOf, notReadIn, order, type Entry } from './entries.ts';
import { attributesOf, elementText, type Element } from './xml.ts';

/** How a test went; `passed` has no child element. */
type Verdict = { readonly is: 'passed' } | { readonly is: 'failure' | 'error' | 'skipped'; readonly type: string; readonly message: string; readonly detail: string };

interface TestCase {
  readonly name: string;
  readonly verdict: Verdict;
}

interface Suite {
  readonly name: string;
  readonly classname: string;
  readonly properties: readonly (readonly [name: string, value: string])[];
  readonly cases: readonly TestCase[];
}

/**
 * JUnit XML as Jenkins and Surefire read it: a suite for each resource with a case for each control, and one for the
 * scan with a case for each subscription. What fails is a failure, what is unknown or was not read an error, what does
 * not apply, waits for an attestation or is exempted is skipped and says why.
 * @see https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd
 */
export function* renderJunit(input: ReportInput): Generator<string> {
  const entries = entriesOf(input);
  const catalogue = catalogueOf(input);
  const suites = [scanSuite(input), ...entries.map(entry => resourceSuite(entry, catalogue))];
  const all = suites.flatMap(({ cases }) => cases);
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<testsuites${attributesOf({ name: 'cosmos-compliance', tests: String(all.length), failures: count(all, 'failure'), errors: count(all, 'error'), time: '0' })}>\n`;
  for (const [index, suite] of suites.entries()) yield `${elementText(suiteElement(suite, index, input.summary.startedAt))}\n`;
  yield '</testsuites>\n';
}

/** Everything the scan was to read: without it, a scan that read nothing would look like one that found nothing. */
function scanSuite(input: ReportInput): Suite {
  const { id, cloud, version, baseline, score } = input.summary;
  const missing = notReadIn(input);
  const read = input.subscriptions.filter(({ outcome }) => outcome === 'scanned').toSorted((a, b) => order(a.subscriptionId, b.subscriptionId));
  const unread = missing.map(({ subscription, why, detail, permission }): TestCase => ({
    name: subscription ? `subscription ${subscription.name || subscription.subscriptionId} (${subscription.subscriptionId}) was read` : `nothing is missing: ${detail}`,
    verdict: { is: 'error', type: why, message: detail, detail: permission === null ? detail : `${detail}\nNeeds ${permission}.` },
  }));
  const passed = read.map(({ name, subscriptionId }): TestCase => ({ name: `subscription ${name || subscriptionId} (${subscriptionId}) was read`, verdict: { is: 'passed' } }));
  const whole: TestCase = {
    name: 'the scan is complete',
    verdict: input.summary.complete ? { is: 'passed' } : { is: 'error', type: 'incomplete', message: 'The scan is incomplete.', detail: `${missing.length} things could not be read.` },
  };
  return {
    name: 'scan',
    classname: 'scan',
    properties: Object.entries({ scanId: id, cloud, version, baseline, ...scoreProperties(score), coverage: String(score.coverage) }),
    cases: [whole, ...passed, ...unread],
  };
}

function resourceSuite({ assessment, subscription, findings }: Entry, catalogue: ReadonlyMap<string, ControlInfo>): Suite {
  const { resourceId, resourceType, name, subscriptionId, location, exposure, score } = assessment;
  const ofExposure = exposure && { reach: exposure.reach, decidedBy: exposure.decidedBy, explanation: exposure.explanation };
  return {
    name: resourceId,
    classname: `${resourceType.replaceAll('/', '.')}.${name}`,
    properties: Object.entries({ resourceType, subscriptionId, subscriptionName: subscription, location: location ?? '', ...ofExposure, ...scoreProperties(score) }),
    cases: findings.map(finding => ({ name: finding.controlId, verdict: verdictOf(finding, catalogue.get(finding.controlId)?.remediation.text) })),
  };
}

function scoreProperties({ floor, ceiling }: Score): Readonly<Record<string, string>> {
  return { scoreFloor: String(floor), scoreCeiling: String(ceiling) };
}

function verdictOf(finding: Finding, remediation: string | undefined): Verdict {
  const { status, severity, message, exemption } = finding;
  if (isExempted(finding) && exemption) {
    const { category, owner, expiresOn, reason } = exemption;
    return { is: 'skipped', type: 'exempted', message: `exempted (${category}, ${owner}, until ${expiresOn}; otherwise ${status}): ${message}`, detail: reason };
  }
  switch (status) {
    case 'pass':
      return { is: 'passed' };
    case 'fail':
      return { is: 'failure', type: severity, message, detail: detailOf(finding, remediation) };
    case 'unknown':
      return { is: 'error', type: [...new Set((finding.gaps ?? []).map(({ reason }) => reason))].join(' ') || 'unknown', message, detail: detailOf(finding, undefined) };
    case 'notApplicable':
      return { is: 'skipped', type: 'notApplicable', message: `not applicable: ${message}`, detail: '' };
    case 'manual':
      return { is: 'skipped', type: 'manual', message: `to be attested by a person: ${message}`, detail: '' };
  }
}

function detailOf({ id, severity, message, observed, gaps = [], requirements, exemption }: Finding, remediation: string | undefined): string {
  const lines = [
    message,
    ...gaps.map(({ fact, reason, permission }) => `${fact}: ${reason}${permission === undefined ? '' : `, needs ${permission}`}`),
    ...(exemption ? [`Exemption ${exemption.id} ended on ${exemption.expiresOn}.`] : []),
    ...(remediation === undefined ? [] : [`Fix: ${remediation}`]),
    `Observed: ${JSON.stringify(observed)}`,
    `Severity: ${severity}. Requirements: ${requirements.join(', ')}. Finding ${id}.`,
  ];
  return lines.join('\n');
}

function suiteElement({ name, classname, properties, cases }: Suite, index: number, startedAt: Date): Element {
  return {
    name: 'testsuite',
    attributes: {
      name,
      tests: String(cases.length),
      failures: count(cases, 'failure'),
      errors: count(cases, 'error'),
      skipped: count(cases, 'skipped'),
      time: '0',
      timestamp: startedAt.toISOString().slice(0, 19),
      id: String(index),
      package: classname,
    },
    children: [
      { name: 'properties', attributes: {}, children: properties.map(([name, value]) => ({ name: 'property', attributes: { name, value }, children: [] })) },
      ...cases.map(({ name, verdict }): Element => ({ name: 'testcase', attributes: { name, classname, time: '0' }, children: verdictElements(verdict) })),
    ],
  };
}

function verdictElements(verdict: Verdict): readonly Element[] {
  return verdict.is === 'passed' ? [] : [{ name: verdict.is, attributes: { type: verdict.type, message: verdict.message }, children: [verdict.detail] }];
}

function count(cases: readonly TestCase[], is: Verdict['is']): string {
  return String(cases.filter(({ verdict }) => verdict.is === is).length);
}
