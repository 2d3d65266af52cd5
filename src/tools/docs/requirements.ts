import { isManual } from '../../controls/describe.ts';
import type { ControlInfo } from '../../core/control.ts';
import { controlsAnswering } from '../../requirements/index.ts';
import type { Answer, Document, Requirement } from '../../requirements/requirement.ts';
import { generatedNote, paragraphs, prose, table } from './markdown.ts';

type Catalogue = ReadonlyMap<string, ControlInfo>;

/** `src/requirements/README.md`: the coverage map. */
export function renderRequirements(documents: readonly Document[], controls: readonly ControlInfo[]): string {
  const catalogue: Catalogue = new Map(controls.map(control => [control.id, control]));
  const all = documents.flatMap(document => document.requirements);
  const { duties, automated, manual } = shareOf(all, catalogue);
  const own = shareOf(all.filter(({ answers }) => !answers.some(answer => 'requirement' in answer)), catalogue);
  return paragraphs([
    generatedNote,
    '# Requirements',
    'Every row of the three source documents, whose duty it is, and what answers it. A test fails when a row has no answer.',
    `**${automated} of the ${duties} rows that are the customer's or shared are judged by at least one automated control (${percent(automated, duties)}).** By manual controls alone, which a person attests: ${manual}. Microsoft's own duty: ${all.length - duties} rows more. Without the checklist, whose items count by the rows that say them in full: ${own.automated} of ${own.duties} (${percent(own.automated, own.duties)}).`,
    table(['document', 'rows', 'customer or shared', 'automated', 'manual only', 'automated share'], documents.map(document => summaryOf(document, catalogue))),
    ...documents.map(document => sectionOf(document, catalogue)),
  ]);
}

interface Share {
  /** Rows that are the customer's or shared. */
  readonly duties: number;
  /** Of these, answered by at least one automated control. */
  readonly automated: number;
  /** Of these, answered by manual controls only. */
  readonly manual: number;
}

export function shareOf(requirements: readonly Requirement[], catalogue: Catalogue): Share {
  const duties = requirements.filter(({ responsibility }) => responsibility !== 'microsoft');
  const has = (requirement: Requirement, manual: boolean): boolean =>
    controlsAnswering(requirement).some(id => {
      const control = catalogue.get(id);
      return control !== undefined && isManual(control) === manual;
    });
  const automated = duties.filter(requirement => has(requirement, false));
  const manual = duties.filter(requirement => has(requirement, true) && !has(requirement, false));
  return { duties: duties.length, automated: automated.length, manual: manual.length };
}

/** Where a row is in the coverage map: `ASB NS-1` is at `#asb-ns-1`. */
export function anchorOf(requirementId: string): string {
  return requirementId.toLowerCase().replaceAll(' ', '-');
}

function summaryOf({ source, title, requirements }: Document, catalogue: Catalogue): string[] {
  const { duties, automated, manual } = shareOf(requirements, catalogue);
  return [`${title} (${source})`, String(requirements.length), String(duties), String(automated), String(manual), percent(automated, duties)];
}

function sectionOf({ source, title, link, date, responsibilities, requirements }: Document, catalogue: Catalogue): string {
  const rows = requirements.map(({ id, title: says, responsibility, answers }) => [
    `<a id="${anchorOf(id)}"></a>${id}`,
    prose(says),
    responsibility,
    answers.map(answer => answerInWords(answer, catalogue)).join('; '),
  ]);
  return [
    `## ${title}`,
    `${source}: <${link}>${date === null ? '' : `, as of ${date}`}. ${responsibilities}`,
    table(['row', 'requirement', 'responsibility', 'answered by'], rows),
  ].join('\n\n');
}

function answerInWords(answer: Answer, catalogue: Catalogue): string {
  if ('control' in answer) return linked(answer.control, catalogue);
  if ('microsoft' in answer) return `Microsoft: ${prose(answer.microsoft)}`;
  if ('requirement' in answer) return `[${answer.requirement}](#${anchorOf(answer.requirement)})`;
  return `where these apply: ${answer.applicabilityOf.map(id => linked(id, catalogue)).join(', ')}. ${prose(answer.because)}`;
}

function linked(id: string, catalogue: Catalogue): string {
  const control = catalogue.get(id);
  if (!control) return `${id} (not in the catalogue)`;
  return `[${id}](../controls/README.md#${id})${isManual(control) ? ' (manual)' : ''}`;
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '-' : `${Math.floor((100 * part) / whole)} %`;
}
