import type { Assessment } from '../core/assessment.ts';
import { isPublic, type Reach } from '../core/exposure.ts';
import { printable } from '../sinks/formats/text.ts';
import { fitted, wrap } from './columns.ts';
import type { Look } from './controls-text.ts';
import type { Step } from './exposure-path.ts';
import type { Seen } from './look.ts';
import { painter, type Paint, type Style } from './paint.ts';

/** The way through the table of effective exposure as a tree: what is set, what it means, and what decides. */
export function renderExposure(steps: readonly Step[], { name, subscriptionId, location, exposure, findings }: Assessment, { names, at }: Seen, { width, color }: Look): string {
  const paint = painter(color);
  const where = [names.get(subscriptionId.toLowerCase()) || subscriptionId, ...(location === null ? [] : [location])].map(printable).join(', ');
  const heading = fitted(`${paint('bold', printable(name))} (${where}), seen ${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`, width);
  if (!exposure) return `${heading}\n\n${fitted(`Nothing is known of it. ${printable(findings[0]?.message ?? '')}`, width)}\n`;
  const { reach, decidedBy, explanation } = exposure;
  const branches = steps.map(step => branch(step, printable(decidedBy), width, paint));
  const by = reach === 'unknown' || steps.some(({ decides }) => decides) ? '' : `, decided by ${printable(decidedBy)}`;
  const result = hung(`└─ ${paint('bold', 'Reach')}: ${paint(reachStyle(reach), reach)}${by}`, '   ', width);
  return `${heading}\n${[...branches, result, below(printable(explanation), '     ', width)].join('\n')}\n`;
}

function branch({ title, value, meaning, decides }: Step, decidedBy: string, width: number, paint: Paint): string {
  const lines = [hung(`├─ ${paint('bold', title)}: ${printable(value)}`, '│  ', width)];
  if (meaning !== '') lines.push(below(meaning, '│    ', width));
  if (decides) lines.push(paint(['bold', 'yellow'], below(`decides: ${decidedBy}`, '│  ► ', width)));
  return lines.join('\n');
}

/** Wraps a line whose continuation keeps the tree. */
function hung(line: string, continued: string, width: number): string {
  return wrap(line, width - continued.length - 2).split('\n').map((each, index) => (index === 0 ? each : `${continued}  ${each}`)).join('\n');
}

function below(text: string, lead: string, width: number): string {
  const quiet = lead.replace('►', ' ');
  return wrap(text, width - lead.length).split('\n').map((line, index) => `${index === 0 ? lead : quiet}${line}`).join('\n');
}

function reachStyle(reach: Reach): Style {
  if (reach === 'unknown') return ['bold', 'yellow'];
  return isPublic(reach) ? ['bold', 'red'] : 'green';
}
