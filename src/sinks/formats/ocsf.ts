import type { Assessment } from '../../core/assessment.ts';
import type { ControlInfo, FrameworkMaps } from '../../core/control.ts';
import { isExempted } from '../../core/exemption.ts';
import type { Finding, Severity } from '../../core/finding.ts';
import { resourceGroupOf } from '../../core/resource-id.ts';
import type { ReportInput, ReportRequirement } from '../report.ts';
import { catalogueOf, entriesOf, notReadIn, type Entry, type NotRead } from './entries.ts';
import { json, portalLink, printable } from './text.ts';

/** Version of the Open Cybersecurity Schema Framework that events are written in; later 1.x versions take them too. */
export const ocsfVersion = '1.5.0';

/** A number with its caption. */
type Enumerated = readonly [id: number, caption: string];

const severityIds: Readonly<Record<Severity, Enumerated>> = { critical: [5, 'Critical'], high: [4, 'High'], medium: [3, 'Medium'], low: [2, 'Low'], info: [1, 'Informational'] };

/** `Warning` is defined as "did not yield a result due to missing information": what is unknown. */
const complianceStatuses: Readonly<Record<Finding['status'], Enumerated>> = {
  pass: [1, 'Pass'],
  unknown: [2, 'Warning'],
  fail: [3, 'Fail'],
  notApplicable: [99, 'Not applicable'],
  manual: [99, 'Manual'],
};

/** What a person has to do with a finding. */
const fresh: Enumerated = [1, 'New'];
const suppressed: Enumerated = [3, 'Suppressed'];
const nothingToReview: Enumerated = [99, 'Nothing to review'];

const partitions: ReadonlyMap<string, string> = new Map([['public', 'AzureCloud'], ['usgovernment', 'AzureUSGovernment'], ['china', 'AzureChinaCloud']]);

/**
 * OCSF events of the class Compliance Finding (2003), one JSON object per line: one for each finding, and one for
 * everything the scan could not read.
 * @see https://schema.ocsf.io/1.5.0/classes/compliance_finding?profiles=cloud
 */
export function* renderOcsf(input: ReportInput): Generator<string> {
  const catalogue = catalogueOf(input);
  const requirements = new Map(input.requirements.map(requirement => [requirement.id, requirement]));
  for (const missing of notReadIn(input)) yield `${json(eventOfMissing(input, missing))}\n`;
  for (const entry of entriesOf(input)) {
    const lines = entry.findings.map(finding => `${json(eventOf(input, entry, finding, catalogue.get(finding.controlId), requirements))}\n`);
    if (lines.length > 0) yield lines.join('');
  }
}

function eventOf(input: ReportInput, { assessment, subscription }: Entry, finding: Finding, control: ControlInfo | undefined, requirements: ReadonlyMap<string, ReportRequirement>): object {
  const { id, controlId, severity, status, message, observed, gaps, sources, exemption } = finding;
  const { resourceId, subscriptionId, location, exposure, score } = assessment;
  const [complianceId, compliance] = complianceStatuses[status];
  const details = [message, ...(gaps ?? []).map(({ fact, reason, permission }) => `${fact}: ${reason}${permission === undefined ? '' : `, needs ${permission}`}`)];
  const link = portalLink(input.portal, resourceId);
  return {
    ...ofEvent(input, id, controlId, severityIds[severity], lifecycleOf(finding)),
    message: printable(message),
    status_code: status,
    status_detail: printable(message),
    cloud: cloudOf(input, subscriptionId, subscription, location),
    resources: [resourceOf(input, assessment)],
    finding_info: { ...infoOf(input, id, control?.title ?? controlId, control?.rationale ?? message), ...(link !== null && { src_url: link }) },
    compliance: {
      control: controlId,
      ...(control && { desc: control.title }),
      requirements: [...finding.requirements, ...mappedRequirements(control?.maps)],
      standards: [...new Set([...finding.requirements.flatMap(each => requirements.get(each)?.document ?? []), ...mappedStandards(control?.maps)])],
      status_id: complianceId,
      status: compliance,
      status_code: status,
      status_details: details.map(printable),
    },
    ...(control && { remediation: { desc: control.remediation.text, references: control.references } }),
    unmapped: {
      observed,
      ...(gaps && { gaps }),
      ...(exemption && { exemption }),
      ...(exposure && { exposure }),
      ...(control?.remediation.cli !== undefined && { remediation_cli: control.remediation.cli }),
      score,
      sources,
      ...ofScan(input),
    },
  };
}

function eventOfMissing(input: ReportInput, { id, subscription, why, detail, permission }: NotRead): object {
  const subscriptionId = subscription?.subscriptionId ?? '';
  const [complianceId, compliance] = complianceStatuses.unknown;
  const title = subscription ? `Subscription ${subscription.name || subscriptionId} was not read.` : 'Something the scan should have seen could not be read.';
  return {
    ...ofEvent(input, id, 'not-read', [0, 'Unknown'], fresh),
    message: printable(`${title} ${detail}`),
    status_code: why,
    status_detail: printable(detail),
    cloud: cloudOf(input, subscriptionId, subscription?.name ?? '', null),
    resources: subscription ? [{ uid: `/subscriptions/${subscriptionId}`, name: subscription.name || subscriptionId, type: 'Microsoft.Resources/subscriptions' }] : [],
    finding_info: infoOf(input, id, title, detail),
    compliance: { control: 'not-read', requirements: [], standards: [], status_id: complianceId, status: compliance, status_code: why, status_details: [printable(detail)] },
    ...(permission !== null && { remediation: { desc: `Grant ${permission} to the identity that scans.` } }),
    unmapped: ofScan(input),
  };
}

const product = 'cosmos-compliance-monitor';

function ofEvent({ summary }: ReportInput, uid: string, code: string, [severityId, severity]: Enumerated, [statusId, status]: Enumerated): object {
  return {
    category_uid: 2,
    category_name: 'Findings',
    class_uid: 2003,
    class_name: 'Compliance Finding',
    activity_id: 1,
    activity_name: 'Create',
    type_uid: 200301,
    type_name: 'Compliance Finding: Create',
    time: summary.startedAt.getTime(),
    severity_id: severityId,
    severity,
    status_id: statusId,
    status,
    metadata: {
      version: ocsfVersion,
      profiles: ['cloud'],
      product: { name: 'Cosmos Compliance Monitor', uid: product, vendor_name: 'Cosmos Compliance Monitor', version: summary.version },
      uid: `${summary.id}/${uid}`,
      correlation_uid: summary.id,
      event_code: code,
    },
  };
}

function infoOf({ summary }: ReportInput, uid: string, title: string, desc: string): object {
  return { uid, title: printable(title), desc: printable(desc), created_time: summary.startedAt.getTime(), product_uid: product, types: ['Compliance'] };
}

function lifecycleOf(finding: Finding): Enumerated {
  if (isExempted(finding)) return suppressed;
  return finding.status === 'pass' || finding.status === 'notApplicable' ? nothingToReview : fresh;
}

function cloudOf({ summary }: ReportInput, subscriptionId: string, name: string, location: string | null): object {
  const partition = partitions.get(summary.cloud);
  return {
    provider: 'Azure',
    ...(partition !== undefined && { cloud_partition: partition }),
    ...(location !== null && { region: location }),
    ...(subscriptionId !== '' && { account: { uid: subscriptionId, ...(name !== '' && { name }), type: 'Azure Subscription', type_id: 13 } }),
  };
}

function resourceOf({ summary }: ReportInput, { resourceId, resourceType, name, location, tags }: Assessment): object {
  const partition = partitions.get(summary.cloud);
  const group = resourceGroupOf(resourceId);
  const owner = Object.entries(tags ?? {}).find(([tag, value]) => tag.toLowerCase() === 'owner' && value !== '')?.[1];
  return {
    uid: resourceId,
    name,
    type: resourceType,
    ...(location !== null && { region: location }),
    ...(partition !== undefined && { cloud_partition: partition }),
    ...(group !== null && { group: { name: group } }),
    ...(owner !== undefined && { owner: { name: owner } }),
    ...(tags && { tags: Object.entries(tags).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([tag, value]) => ({ name: tag, value })) }),
  };
}

function ofScan({ summary: { id, baseline, cloud, complete } }: ReportInput): object {
  return { scan: { id, baseline, cloud, complete } };
}

function mappedRequirements({ azurePolicy = [], mcsb = [], cis = [], nist = [] }: FrameworkMaps = {}): string[] {
  return [
    ...azurePolicy.map(({ id }) => `Azure Policy ${id}`),
    ...mcsb.map(id => `MCSB ${id}`),
    ...cis.map(({ benchmark, id }) => `${benchmark} ${id}`),
    ...nist.map(id => `NIST SP 800-53 r5 ${id}`),
  ];
}

function mappedStandards({ azurePolicy = [], mcsb = [], cis = [], nist = [] }: FrameworkMaps = {}): string[] {
  return [
    ...(azurePolicy.length > 0 ? ['Azure Policy'] : []),
    ...(mcsb.length > 0 ? ['Microsoft cloud security benchmark v1'] : []),
    ...cis.map(({ benchmark }) => benchmark),
    ...(nist.length > 0 ? ['NIST SP 800-53 r5'] : []),
  ];
}
