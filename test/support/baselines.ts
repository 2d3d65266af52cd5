import { z } from 'zod';
import { effectiveBaseline, type Baseline } from '../../src/baseline/effective.ts';
import { parseBaseline } from '../../src/baseline/parse.ts';
import { control, manualControl, pass, type ControlInfo } from '../../src/core/control.ts';
import type { Severity } from '../../src/core/finding.ts';

interface Differences {
  readonly severity?: Severity;
  readonly optIn?: boolean;
  readonly parameters?: z.ZodObject;
}

/** A control that passes. */
export function made(id: string, { severity = 'medium', optIn, parameters = z.object({}) }: Differences = {}): ControlInfo {
  return control({
    id,
    scope: 'account',
    title: `${id} holds.`,
    severity,
    rationale: 'Because.',
    remediation: { text: 'Do it.' },
    references: ['https://example.org'],
    requirements: ['ASB NS-1'],
    ...(optIn !== undefined && { optIn }),
    parameters,
    needs: ['account'],
    evaluate: () => pass({}),
  });
}

const widths = z
  .object({
    most: z.int().positive().max(100).default(8).describe('Most windows.'),
    least: z.int().default(1).describe('Least windows.'),
    names: z.array(z.string().min(1)).min(1).default(['a']).describe('Names of windows.'),
    kind: z.enum(['wood', 'steel']).default('wood').describe('What they are made of.'),
  })
  .refine(({ most, least }) => most >= least, 'most is less than least');

/** A small catalogue: the baseline knows nothing of real controls. */
export const catalogue: readonly ControlInfo[] = [
  made('door-locked', { severity: 'high' }),
  manualControl({
    id: 'guard-awake',
    title: 'The guard is awake.',
    severity: 'medium',
    rationale: 'Because.',
    remediation: { text: 'Wake him.' },
    references: ['https://example.org'],
    requirements: ['SEC respond-to-attacks'],
    procedure: ['Look.'],
  }),
  made('moat-filled', { severity: 'low', optIn: true }),
  made('perimeter-associated'),
  made('windows-few', { parameters: widths }),
];

/** A baseline of that catalogue. */
export function baselineOf(text: string): Baseline {
  const { file, problems } = parseBaseline(text, catalogue);
  if (problems) throw new Error(JSON.stringify(problems));
  return effectiveBaseline(file, catalogue);
}
