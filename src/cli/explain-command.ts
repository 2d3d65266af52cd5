import { allControls } from '../controls/index.ts';
import { findControl } from './controls-command.ts';
import { renderExplanation, renderStandings } from './explain-text.ts';
import { look, resourceCalled, type LookOptions } from './look.ts';
import { standardOutput, type Output } from './output.ts';

/**
 * `cosmos-compliance explain CONTROL [RESOURCE]`: what a control found on a resource, from which values, and how to fix
 * it; without a resource, where it stands.
 * @returns 0 where the answer is known, 2 where it is not
 * @throws Problem where there is no such control or resource
 */
export async function explainCommand(id: string, resource: string | undefined, options: LookOptions, output: Output = standardOutput()): Promise<0 | 2> {
  const control = findControl(id, allControls);
  const seen = await look(resource, options);
  const judged = seen.assessments.flatMap(assessment => assessment.findings.filter(({ controlId }) => controlId === control.id).map(finding => ({ assessment, finding })));
  if (resource === undefined) {
    await output.write(renderStandings(control, judged, seen, output));
    return seen.missing.length === 0 && judged.every(({ finding }) => finding.status !== 'unknown') ? 0 : 2;
  }
  const assessment = resourceCalled(resource, judged.length > 0 ? judged.map(each => each.assessment) : seen.assessments, seen);
  const finding = judged.find(each => each.assessment === assessment)?.finding ?? null;
  await output.write(renderExplanation(control, assessment, finding, seen, output));
  return finding !== null && finding.status !== 'unknown' ? 0 : 2;
}
