import { writeFile } from 'node:fs/promises';
import { profileBaseline } from '../baseline/effective.ts';
import { differingFile, wholeFile, yamlOf } from '../baseline/file.ts';
import { counted, parseBaseline, problemLines } from '../baseline/parse.ts';
import type { ProfileName } from '../baseline/profiles.ts';
import { starterFile } from '../baseline/starter.ts';
import { allControls } from '../controls/index.ts';
import { Problem } from '../core/problem.ts';
import { baselineIn, readBaselineText } from './baseline-file.ts';
import { standardOutput, type Output } from './output.ts';

/** The file that `baseline init` writes where none is named. */
export const defaultFile = 'baseline.yaml';

/**
 * `cosmos-compliance baseline init [--profile NAME] [FILE]`.
 * @throws Problem where the file is there already or cannot be written
 */
export async function baselineInitCommand(file: string, { profile }: { readonly profile: ProfileName }, output: Output = standardOutput()): Promise<void> {
  try {
    await writeFile(file, starterFile(profile), { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw new Problem(`${file} is there already.`, 'Name another file, or remove it first.', error);
    throw new Problem(`Cannot write ${file}: ${error instanceof Error ? error.message : String(error)}.`, 'Name a file in a folder that exists and that you may write to.', error);
  }
  await output.write(`Wrote ${file}. It changes nothing yet; its comments show what can be changed.\n`);
}

/**
 * `cosmos-compliance baseline validate FILE`: prints every problem, or what the baseline is.
 * @returns the exit code
 * @throws Problem where the file cannot be read
 */
export async function baselineValidateCommand(file: string, output: Output = standardOutput()): Promise<0 | 2> {
  const { problems } = parseBaseline(await readBaselineText(file), allControls);
  if (problems) {
    await output.write(`${problemLines(file, problems)}\n${counted(problems)}.\n`);
    return 2;
  }
  const { label, profile, controls, exemptions, attestations } = await baselineIn(file);
  const on = [...controls.values()].filter(({ enabled }) => enabled).length;
  const counts = `${on} of ${controls.size} controls on, ${exemptions.length} exemptions, ${attestations.length} attestations`;
  await output.write(`${file} is valid: baseline ${label}, profile ${profile}, ${counts}.\n`);
  return 0;
}

/**
 * `cosmos-compliance baseline show [FILE] [--diff]`: the whole baseline as a file, or what differs from its profile.
 * @throws Problem naming every problem of the file
 */
export async function baselineShowCommand(file: string | undefined, { diff }: { readonly diff?: boolean }, output: Output = standardOutput()): Promise<void> {
  const baseline = file === undefined ? profileBaseline('standard', allControls) : await baselineIn(file);
  const { label, profile } = baseline;
  const heading = diff ? `# What differs from the profile ${profile} in baseline ${label}.` : `# Everything that baseline ${label} says, profile ${profile} included.`;
  await output.write(`${heading}\n${yamlOf(diff ? differingFile(baseline, allControls) : wholeFile(baseline))}`);
}
