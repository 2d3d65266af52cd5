import { exposurePath } from './exposure-path.ts';
import { renderExposure } from './exposure-text.ts';
import { isAccount, look, resourceCalled, type LookOptions } from './look.ts';
import { standardOutput, type Output } from './output.ts';

/**
 * `cosmos-compliance exposure ACCOUNT`: what decides who can reach an account, step by step.
 * @returns 0 where the reach is known, 2 where it is not
 * @throws Problem where there is no such account
 */
export async function exposureCommand(account: string, options: LookOptions, output: Output = standardOutput()): Promise<0 | 2> {
  const seen = await look(account, options);
  const assessment = resourceCalled(account, seen.assessments.filter(isAccount), seen);
  await output.write(renderExposure(exposurePath(assessment), assessment, seen, output));
  return assessment.exposure === null || assessment.exposure.reach === 'unknown' ? 2 : 0;
}
