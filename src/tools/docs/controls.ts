import { mapSources } from '../../controls/data/framework-maps.ts';
import { groupedByScope, isManual, kindInWords, mapsInWords } from '../../controls/describe.ts';
import type { ControlInfo } from '../../core/control.ts';
import { parametersOf } from '../../core/parameters.ts';
import { code, generatedNote, paragraphs, prose, steps, table } from './markdown.ts';
import { anchorOf } from './requirements.ts';

/** `src/controls/README.md`: the catalogue for people, a section for each control. */
export function renderControls(controls: readonly ControlInfo[]): string {
  const manual = controls.filter(isManual).length;
  const groups = groupedByScope(controls);
  return paragraphs([
    generatedNote,
    '# Controls',
    `${controls.length} controls: ${controls.length - manual} automated, judged by every scan; ${manual} manual, attested by a person. \`cosmos-compliance controls show ID\` prints a section.`,
    'A control that lacks a fact it needs is unknown, with the reason and the permission that would fix it. The baseline changes severities and parameters, and turns controls off.',
    `“Elsewhere” names what other catalogues call the same check, as read in ${Object.values(mapSources).map(({ source, date }) => `<${encodeURI(source)}> (${date})`).join(', ')}.`,
    ...groups.map(group => `## ${group.heading}\n\n${table(['control', 'severity', 'passes when'], group.controls.map(listed))}`),
    ...groups.flatMap(group => group.controls.map(section)),
  ]);
}

function listed(control: ControlInfo): string[] {
  return [`[\`${control.id}\`](#${control.id})`, `${control.severity}${control.optIn ? ', off by default' : ''}`, prose(control.title)];
}

function section(control: ControlInfo): string {
  const { id, title, rationale, notApplicableWhen, procedure, remediation, requirements, references } = control;
  return [
    `## ${id}`,
    `**Passes when** ${prose(title)}`,
    `Severity ${kindInWords(control)}.`,
    `**Why.** ${prose(rationale)}`,
    notApplicableWhen === undefined ? '' : `**Not applicable when** ${prose(notApplicableWhen)}.`,
    procedure === undefined ? '' : `**Procedure**\n\n${steps(procedure, 'kusto')}`,
    parameters(control),
    `**Fix.** ${prose(remediation.text)}`,
    remediation.cli === undefined ? '' : code('sh', remediation.cli),
    remediation.bicep === undefined ? '' : code('bicep', remediation.bicep),
    `**Requirements:** ${requirements.map(requirement => `[${requirement}](../requirements/README.md#${anchorOf(requirement)})`).join(', ')}`,
    maps(control),
    `**References:** ${references.map(reference => `<${reference}>`).join(', ')}`,
  ]
    .filter(part => part !== '')
    .join('\n\n');
}

function parameters({ parameters: schema }: ControlInfo): string {
  const rows = parametersOf(schema).map(({ name, type, default: value, meaning }) => [`\`${name}\``, type, `\`${JSON.stringify(value)}\``, prose(meaning)]);
  return rows.length === 0 ? '' : `**Parameters**\n\n${table(['parameter', 'type', 'default', 'meaning'], rows)}`;
}

function maps({ maps: found }: ControlInfo): string {
  if (!found) return '';
  return `**Elsewhere**\n\n${table(['catalogue', 'entry'], mapsInWords(found).map(([catalogue, entry]) => [catalogue, prose(entry)]))}`;
}
