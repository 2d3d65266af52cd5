import type { Assessment } from '../../core/assessment.ts';
import type { AppliedExemption } from '../../core/exemption.ts';
import type { Finding, Json } from '../../core/finding.ts';
import { compare, type Estate } from './estate.ts';
import { html, joined, type Content, type Markup } from './markup.ts';
import { abridged, controlLink, resourceLink, row, section, table, type Column } from './parts.ts';
import { count, statusWords } from './words.ts';

const exemptionColumns: readonly Column[] = [{ name: 'Exemption' }, { name: 'Holds until' }, { name: 'Category and reason' }, { name: 'Owner' }, { name: 'Covers' }];
const attestationColumns: readonly Column[] = [{ name: 'Control' }, { name: 'Standing' }, { name: 'Attested by' }, { name: 'From' }, { name: 'Until' }, { name: 'Evidence' }];

interface Covered {
  readonly exemption: AppliedExemption;
  readonly resource: Assessment;
  readonly finding: Finding;
}

/** 7. What the organisation accepts and what people vouch for, with the day on which each ends. */
export function exceptionsSection(estate: Estate): Markup {
  const covered = estate.assessments.flatMap(resource => resource.findings.flatMap(finding => (finding.exemption ? [{ exemption: finding.exemption, resource, finding }] : [])));
  const byId = Map.groupBy(covered, ({ exemption: { id, state } }) => `${id} ${state}`);
  const manual = manualFindings(estate);
  const waiting = manual.filter(({ finding }) => finding.status === 'manual').length;
  const spoken = manual.filter(({ finding }) => finding.observed['attestation'] !== undefined);
  const silent = manual.filter(each => !spoken.includes(each)).map(({ finding }) => controlLink(finding.controlId, estate));
  const lead = html`${count(byId.size, 'exemption')} in use, ${count(manual.length, 'manual control')}, ${waiting === 0 ? 'none of which waits' : `${waiting} of which ${waiting === 1 ? 'waits' : 'wait'}`} for somebody’s word. An active exemption takes a failure out of the score and changes no status.`;
  return section('exceptions', lead, [
    byId.size === 0 ? html`<p>No exemption covers a finding.</p>` : table('Exemptions, the next to end first', exemptionColumns, exemptionRows([...byId.values()], estate)),
    spoken.length === 0 ? null : table('Attestations', attestationColumns, spoken.map(attestationRow)),
    silent.length === 0 ? null : html`<p class="silent"><b class="m m-manual">Nobody attested</b> ${joined(silent, ', ')}</p>`,
  ]);
}

function exemptionRows(groups: readonly (readonly Covered[])[], estate: Estate): readonly Markup[] {
  const ends = (group: readonly Covered[]): string => `${group[0]?.exemption.expiresOn ?? ''} ${group[0]?.exemption.id ?? ''}`;
  return groups.toSorted((a, b) => compare(ends(a), ends(b))).map(group => exemptionRow(group, estate));
}

function exemptionRow(group: readonly Covered[], estate: Estate): Markup {
  const [first] = group;
  if (!first) return html``;
  const { id, state, expiresOn, category, reason, owner } = first.exemption;
  const items = group.map(({ resource, finding }) => html`${resourceLink(resource, estate)} ${controlLink(finding.controlId, estate)} (${statusWords[finding.status].toLowerCase()})`);
  return row(exemptionColumns, [id, [until(expiresOn, estate), state === 'expired' ? html` <b class="m m-fail">Expired</b>` : null], html`<strong>${category}</strong><small>${reason}</small>`, owner, abridged(items, 6)]);
}

/** The day, and how far it is from the scan. */
function until(day: string, { summary }: Estate): Content {
  const days = Math.round((Date.parse(day) - Date.parse(summary.startedAt.toISOString().slice(0, 10))) / 86_400_000);
  if (Number.isNaN(days)) return day;
  return html`${day}<small>${days < 0 ? `ended ${count(-days, 'day')} before the scan` : `${count(days, 'day')} after the scan`}</small>`;
}

/** A finding of a manual control. */
interface Attested {
  readonly finding: Finding;
  readonly estate: Estate;
}

function manualFindings(estate: Estate): readonly Attested[] {
  return estate.assessments
    .flatMap(({ findings }) => findings.filter(({ controlId, status }) => status === 'manual' || estate.control(controlId)?.procedure !== undefined).map(finding => ({ finding, estate })))
    .toSorted((a, b) => compare(a.finding.controlId, b.finding.controlId) || compare(a.finding.id, b.finding.id));
}

function attestationRow({ finding, estate }: Attested): Markup {
  const { controlId, status, observed } = finding;
  const field = (name: string): string => textIn(observed['attestation'], name);
  const mark = html`<b class="m m-${status}">${status === 'pass' ? 'Attested' : 'Does not hold now'}</b>`;
  return row(attestationColumns, [controlLink(controlId, estate), mark, field('by'), field('on'), until(field('until'), estate), field('evidence')]);
}

function textIn(value: Json | undefined, name: string): string {
  const fields = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const found = fields.find(([key]) => key === name)?.[1];
  return typeof found === 'string' ? found : '';
}
