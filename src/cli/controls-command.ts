import { closest } from 'fastest-levenshtein';
import { allControls } from '../controls/index.ts';
import type { ControlInfo } from '../core/control.ts';
import { Problem } from '../core/problem.ts';
import { renderControl, renderControlList } from './controls-text.ts';
import { standardOutput, type Output } from './output.ts';

/** `cosmos-compliance controls list`. */
export async function controlsListCommand(output: Output = standardOutput()): Promise<void> {
  await output.write(renderControlList(allControls, output));
}

/**
 * `cosmos-compliance controls show ID`.
 * @throws Problem with the nearest name where there is no such control
 */
export async function controlsShowCommand(id: string, output: Output = standardOutput()): Promise<void> {
  await output.write(renderControl(findControl(id, allControls), output));
}

export function findControl(id: string, controls: readonly ControlInfo[]): ControlInfo {
  const wanted = id.toLowerCase();
  const found = controls.find(control => control.id === wanted);
  if (found) return found;
  const nearest = closest(wanted, controls.map(control => control.id));
  throw new Problem(`There is no control "${id}".`, `Did you mean ${nearest}? cosmos-compliance controls list names them all.`);
}
