import type { Finding } from '../../core/finding.ts';
import type { ReportRequirement } from '../report.ts';
import { strip, type Part, type Tone } from './chart.ts';
import { compare, gravest, tallyOf, type Estate, type Tally } from './estate.ts';
import { html, joined, type Markup } from './markup.ts';
import { controlLink, row, section, standingMark, table, type Column } from './parts.ts';
import { count, grouped, standings, standingWords, type Standing } from './words.ts';

/** Where a row stands: as its gravest finding does; without findings it is the platform's, or was not judged. */
type RowStanding = Standing | 'notJudged' | 'microsoft';

const rowStandings: readonly RowStanding[] = [...standings, 'notJudged', 'microsoft'];
const rowWords: Readonly<Record<RowStanding, string>> = { ...standingWords, notJudged: 'Not judged', microsoft: 'Microsoft’s' };
const tones: Readonly<Record<RowStanding, Tone>> = { fail: 'fail', unknown: 'unknown', manual: 'accent-faint', exempted: 'accent-soft', pass: 'pass', notApplicable: 'quiet', notJudged: 'quiet', microsoft: 'quiet' };
const dutyWords: Readonly<Record<ReportRequirement['responsibility'], string>> = { customer: 'Customer', microsoft: 'Microsoft', shared: 'Shared' };

const columns: readonly Column[] = [
  { name: 'Row, and whose duty' },
  { name: 'Requirement and the controls that answer it' },
  { name: 'Stands' },
  { name: 'Pass', numeric: true },
  { name: 'Fail', numeric: true },
  { name: 'Unknown', numeric: true },
  { name: 'Attest', numeric: true },
  { name: 'Exempt', numeric: true },
  { name: 'N/A', numeric: true },
];

interface Row {
  readonly requirement: ReportRequirement;
  readonly standing: RowStanding;
  readonly tally: Tally;
}

/** 5. Every row of the source documents, the controls that answer it, and where their findings stand. */
export function coverageSection(estate: Estate): Markup {
  const byControl = Map.groupBy(estate.assessments.flatMap(({ findings }) => findings), ({ controlId }) => controlId);
  const byDocument = Map.groupBy(estate.requirements, ({ document }) => document);
  const documents = [...byDocument].toSorted(([a], [b]) => compare(a, b));
  const lead = 'A row stands as the gravest of its findings: one failure fails it, and what is not known never passes. Counts are findings; those that are exempted count apart, and N/A stands for not applicable.';
  return section('requirements', lead, documents.map(([title, requirements], index) => documentTable(title, requirements.map(each => rowOf(each, byControl)), index, estate)));
}

function rowOf(requirement: ReportRequirement, byControl: ReadonlyMap<string, readonly Finding[]>): Row {
  const tally = tallyOf([...new Set(requirement.controls)].flatMap(id => byControl.get(id) ?? []));
  const fallback = requirement.controls.length === 0 && requirement.responsibility === 'microsoft' ? 'microsoft' : 'notJudged';
  return { requirement, standing: gravest(tally) ?? fallback, tally };
}

function documentTable(title: string, rows: readonly Row[], index: number, estate: Estate): Markup {
  const present = rowStandings.map(standing => ({ standing, value: rows.filter(each => each.standing === standing).length })).filter(({ value }) => value > 0);
  const inWords = present.map(({ standing, value }) => `${rowWords[standing]} ${value}`).join(', ');
  const parts: readonly Part[] = present.map(({ standing, value }) => ({ value, tone: tones[standing] }));
  const picture = strip({ id: `chart-document-${index + 1}`, title: `Rows of ${title} by where they stand`, description: `${inWords}.` }, parts, 12);
  const body = rows.toSorted((a, b) => compare(natural(a.requirement.id), natural(b.requirement.id))).map(each => requirementRow(each, estate));
  return html`<h3>${title}</h3><p class="legend">${count(rows.length, 'row')}: ${inWords}</p>${picture}${table(`Rows of ${title}`, columns, body, 'sortable tight rows')}`;
}

/** Numbers in ids count as numbers: `NSP 2` comes before `NSP 10`. */
function natural(id: string): string {
  return id.replaceAll(/\d+/g, digits => digits.padStart(8, '0'));
}

function requirementRow({ requirement: { id, title, responsibility, controls }, standing, tally }: Row, estate: Estate): Markup {
  const answered = controls.length === 0 ? html`<small>No control: ${responsibility === 'microsoft' ? 'Microsoft’s part' : 'nothing to judge'}.</small>` : html`<small>${joined(controls.map(each => controlLink(each, estate)), ', ')}</small>`;
  const figure = (each: Standing): string => (tally[each] === 0 ? '–' : grouped(tally[each]));
  const mark = standing === 'notJudged' || standing === 'microsoft' ? html`<b class="m m-notApplicable">${rowWords[standing]}</b>` : standingMark(standing);
  return row(columns, [html`${id}<small>${dutyWords[responsibility]}</small>`, [title, answered], mark, figure('pass'), figure('fail'), figure('unknown'), figure('manual'), figure('exempted'), figure('notApplicable')]);
}
