import { describe, expect, test } from 'vitest';
import type { Attestation } from '../../src/core/attestation.ts';
import type { ManualControl } from '../../src/core/control.ts';
import type { Outcome } from '../../src/core/finding.ts';
import { allControls } from '../../src/controls/index.ts';
import { organisation } from './builders.ts';

interface ManualSpecification {
  /** Requirements it must answer: CATALOGUE's rows that name it. */
  readonly answers: readonly string[];
  /** What the procedure must make somebody look at. */
  readonly looksAt: readonly [string, ...string[]];
}

const attested: Omit<Attestation, 'control'> = { by: 'jane@contoso.com', on: '2026-05-01', until: '2026-11-30', evidence: 'Ticket SEC-1' };

/** A manual control's behaviour, the same for all, and what its procedure is about. */
export function specifyManual(control: ManualControl, { answers, looksAt }: ManualSpecification): void {
  const { id, procedure } = control;
  const at = (day: string, ...attestations: Omit<Attestation, 'control'>[]): Outcome =>
    control.judge({}, { now: new Date(`${day}T12:00:00Z`), parameters: {}, organisation: organisation(), attestations: attestations.map(each => ({ control: id, ...each })) });

  describe(id, () => {
    test('waits for a person where nobody attests it, and says how to check it', () => {
      expect(at('2026-11-20')).toEqual({ status: 'manual', observed: { procedure }, message: expect.stringContaining('Nobody has attested it') });
    });

    test.each([['the first day', '2026-05-01'], ['a day within', '2026-11-20'], ['the last day', '2026-11-30']])('passes on %s of an attestation, with who, when and why', (_, day) => {
      const { by, on, until, evidence } = attested;
      expect(at(day, attested)).toEqual({ status: 'pass', observed: { attestation: { by, on, until, evidence } }, sources: [] });
    });

    test.each([
      ['after its end', '2026-12-01', 'ended on 2026-11-30'],
      ['before its beginning', '2026-04-30', 'does not hold before 2026-05-01'],
    ])('does not pass %s', (_, day, says) => {
      expect(at(day, attested)).toMatchObject({ status: 'manual', observed: { attestation: attested, procedure }, message: expect.stringContaining(says) });
    });

    test('answers what it is for', () => {
      expect(control.requirements).toEqual(answers);
    });

    test('has a procedure about what matters', () => {
      for (const subject of looksAt) expect(procedure.join('\n')).toContain(subject);
      expect(procedure.at(-1)).toMatch(/[Aa]ttest/);
    });

    test('names only controls that exist', () => {
      const ids = new Set(allControls.map(each => each.id));
      const named = procedure.flatMap(step => [...step.matchAll(/(?:finding|pass) ([a-z]+(?:-[a-z0-9]+)+)/g)].map(match => match[1]));
      expect(named.filter(name => name !== undefined && !ids.has(name))).toEqual([]);
    });
  });
}
