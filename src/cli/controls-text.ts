import { groupedByScope, kindInWords, mapsInWords } from '../controls/describe.ts';
import type { ControlInfo } from '../core/control.ts';
import { parametersOf } from '../core/parameters.ts';
import { columns, wrap } from './columns.ts';
import { painter, severityStyles } from './paint.ts';

export interface Look {
  /** Columns. */
  readonly width: number;
  readonly color: boolean;
}

/** The catalogue in a terminal: a line for each control, grouped by what it looks at. */
export function renderControlList(controls: readonly ControlInfo[], { width, color }: Look): string {
  const paint = painter(color);
  const groups = groupedByScope(controls).map(group => {
    const rows = group.controls.map(control => [control.id, paint(severityStyles[control.severity], control.severity), control.title]);
    return `${paint('bold', `${group.heading} (${group.controls.length})`)}\n${columns(rows, width)}`;
  });
  return `${groups.join('\n\n')}\n\ncosmos-compliance controls show ID prints why, what it answers and how to fix it.\n`;
}

/** Everything about a control in a terminal: the same data as its section in `src/controls/README.md`. */
export function renderControl(control: ControlInfo, { width, color }: Look): string {
  const paint = painter(color);
  const { id, severity, title, rationale, notApplicableWhen, procedure, parameters, remediation, requirements, maps, references } = control;
  const text = (label: string, content: string | undefined): string => (content === undefined ? '' : `${paint('bold', label)}\n${indented(wrap(content, Math.max(30, width - 2)))}`);
  const verbatim = (label: string, content: string | undefined): string => (content === undefined ? '' : `${paint('bold', label)}\n${indented(content)}`);
  const rows = (label: string, content: readonly (readonly string[])[]): string => (content.length === 0 ? '' : `${paint('bold', label)}\n${columns(content, width)}`);
  const parts = [
    `${paint('bold', id)}\n${paint(severityStyles[severity], kindInWords(control))}`,
    text('Passes when', title),
    text('Why', rationale),
    text('Not applicable when', notApplicableWhen && `${notApplicableWhen}.`),
    verbatim('Procedure', procedure?.map((step, index) => numbered(step, index + 1, width)).join('\n')),
    rows('Parameters', parametersOf(parameters).map(({ name, type, default: value, meaning }) => [name, `${meaning} (${type}; default ${JSON.stringify(value)})`])),
    text('Fix', remediation.text),
    verbatim('Azure CLI', remediation.cli),
    verbatim('Bicep', remediation.bicep),
    text('Requirements', requirements.join(', ')),
    rows('Elsewhere', maps ? mapsInWords(maps) : []),
    verbatim('References', references.join('\n')),
  ];
  return `${parts.filter(part => part !== '').join('\n\n')}\n`;
}

/** A step of a procedure: its first line is text and wraps, the others are a query and do not. */
function numbered(step: string, number: number, width: number): string {
  const [first = '', ...query] = step.split('\n');
  const mark = `${number}.`.padEnd(4);
  const lines = [...wrap(first, Math.max(30, width - 6)).split('\n'), ...query.map(line => `  ${line}`)];
  return lines.map((line, index) => `${index === 0 ? mark : ' '.repeat(mark.length)}${line}`).join('\n');
}

function indented(text: string): string {
  return text.split('\n').map(line => `  ${line}`.trimEnd()).join('\n');
}
