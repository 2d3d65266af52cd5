import { kindInWords } from '../controls/describe.ts';
import type { Assessment } from '../core/assessment.ts';
import type { ControlInfo } from '../core/control.ts';
import { isExempted, type AppliedExemption } from '../core/exemption.ts';
import type { Finding, Gap, Status } from '../core/finding.ts';
import { resourceGroupOf } from '../core/resource-id.ts';
import { json, printable } from '../sinks/formats/text.ts';
import { columns, fitted, wrap } from './columns.ts';
import type { Look } from './controls-text.ts';
import { isAccount, type Seen } from './look.ts';
import { painter, severityStyles, type Paint, type Style } from './paint.ts';

const statusWords: Readonly<Record<Status, string>> = { pass: 'passes', fail: 'fails', notApplicable: 'does not apply', unknown: 'is not known', manual: 'waits for the attestation of a person' };
const statusStyles: Readonly<Record<Status, Style>> = { pass: 'green', fail: ['bold', 'red'], notApplicable: 'dim', unknown: ['bold', 'yellow'], manual: 'yellow' };

/** Why a control says what it says of one resource, and how to fix it. `finding` is null where the control did not judge. */
export function renderExplanation(control: ControlInfo, assessment: Assessment, finding: Finding | null, { names, at }: Seen, { width, color }: Look): string {
  const paint = painter(color);
  const where = names.get(assessment.subscriptionId.toLowerCase()) || assessment.subscriptionId;
  const verdict = finding ? paint(statusStyles[finding.status], statusWords[finding.status]) : 'was not judged: the control is off, or does not look at such a resource';
  const { cli, bicep, text } = control.remediation;
  const needsFix = finding?.status === 'fail' || finding?.status === 'unknown';
  const severity = finding?.severity ?? control.severity;
  const parts = [
    `${paint('bold', control.id)} on ${paint('bold', printable(assessment.name))}${where === '' ? '' : ` (${printable(where)})`}: ${verdict}`,
    `${paint(severityStyles[severity], kindInWords({ ...control, severity }))}, seen ${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    block(paint, 'Passes when', control.title, width),
    finding ? block(paint, 'Found', printable(finding.message), width) : '',
    finding ? rows(paint, 'Observed', Object.entries(finding.observed).map(([name, value]) => [printable(name), printable(typeof value === 'string' ? value : json(value))]), width) : '',
    rows(paint, 'Not known', (finding?.gaps ?? []).map(gapRow), width),
    finding?.exemption ? block(paint, isExempted(finding) ? 'Exempted' : 'Exemption that has ended', exemptionInWords(finding.exemption), width) : '',
    block(paint, 'Why it matters', control.rationale, width),
    needsFix ? block(paint, 'Fix', text, width) : '',
    needsFix && cli !== undefined ? verbatim(paint, 'Azure CLI', filled(cli, assessment)) : '',
    needsFix && bicep !== undefined ? verbatim(paint, 'Bicep', bicep) : '',
    finding && finding.sources.length > 0 ? verbatim(paint, 'Read from', [...new Set(finding.sources)].map(printable).join('\n')) : '',
    block(paint, 'Requirements', control.requirements.join(', '), width),
    verbatim(paint, 'References', control.references.join('\n')),
  ];
  const [title = '', kind = '', ...others] = parts;
  return `${[fitted(`${title}\n${kind}`, width), ...others.filter(part => part !== '')].join('\n\n')}\n`;
}

function gapRow({ fact, reason, detail, permission }: Gap): string[] {
  return [fact, reason, printable(permission === undefined ? detail : `${detail} Needs ${permission}.`)];
}

function exemptionInWords({ category, owner, expiresOn, reason }: AppliedExemption): string {
  return printable(`${category} by ${owner} until ${expiresOn}: ${reason}`);
}

/** A finding of a control, with the resource it is about. */
export interface Judged {
  readonly assessment: Assessment;
  readonly finding: Finding;
}

/** Where a control stands: how many resources are what, and which fail or are not known. */
export function renderStandings(control: ControlInfo, judged: readonly Judged[], { names, missing }: Seen, { width, color }: Look): string {
  const paint = painter(color);
  const counts = Object.entries(statusWords).flatMap(([status, words]) => {
    const count = judged.filter(({ finding }) => finding.status === status).length;
    return count === 0 ? [] : `${words} ${count}`;
  });
  const row = ({ assessment: { name, subscriptionId }, finding }: Judged): string[] => {
    const subscription = names.get(subscriptionId.toLowerCase()) ?? subscriptionId;
    return [printable(name), printable(subscription), `${isExempted(finding) ? 'exempted: ' : ''}${printable(finding.message)}`];
  };
  const listed = (status: Status): string[][] => judged.filter(({ finding }) => finding.status === status).map(row);
  const parts = [
    `${paint('bold', control.id)}: ${counts.length === 0 ? 'judged nothing' : counts.join(', ')}\n${control.title}`,
    rows(paint, 'Fails', listed('fail'), width),
    rows(paint, 'Not known', listed('unknown'), width),
    missing.length === 0 ? '' : `${paint(['bold', 'yellow'], 'Not read')}\n${columns(missing.map(each => [printable(each)]), width)}`,
    `cosmos-compliance explain ${control.id} NAME prints the observed values and the fix.`,
  ];
  return `${fitted(parts.filter(part => part !== '').join('\n\n'), width)}\n`;
}

/** The command with what is known of the account in place of the blanks, where a shell takes that as it is. */
export function filled(cli: string, assessment: Pick<Assessment, 'resourceId' | 'resourceType' | 'name'>): string {
  const { resourceId, name } = assessment;
  const group = resourceGroupOf(resourceId);
  const isPlain = [resourceId, name, group ?? ''].every(text => /^[\w./-]*$/.test(text));
  if (!isAccount(assessment) || !isPlain) return cli;
  return cli
    .split('\n')
    .map(line => (line.startsWith('az cosmosdb ') && group !== null ? line.replaceAll('<group>', group) : line).replaceAll('<account-id>', resourceId).replaceAll('<account>', name))
    .join('\n');
}

function block(paint: Paint, label: string, content: string, width: number): string {
  return `${paint('bold', label)}\n${indented(wrap(content, width - 2))}`;
}

function verbatim(paint: Paint, label: string, content: string): string {
  return `${paint('bold', label)}\n${indented(content)}`;
}

function rows(paint: Paint, label: string, content: readonly (readonly string[])[], width: number): string {
  return content.length === 0 ? '' : `${paint('bold', label)}\n${columns(content, width)}`;
}

function indented(text: string): string {
  return text.split('\n').map(line => `  ${line}`.trimEnd()).join('\n');
}
