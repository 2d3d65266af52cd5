import type { Assessment } from '../core/assessment.ts';
import { dayOf, endsAbout } from '../core/calendar.ts';
import { exemptionsByControl, exemptionsFor, exemptionsUndecided, type Exemption, type ExemptionIndex } from '../core/exemption.ts';
import type { ExemptionEntry } from './schema.ts';

/** An exemption as the engine takes it: one spelling for what means the same. */
export function exemptionFrom({ id, controls, scope: { resourceId, tag }, category, reason, owner, expiresOn }: ExemptionEntry): Exemption {
  const scope = { resourceId: resourceId?.toLowerCase().replace(/\/+$/, '') ?? null, tag: tag ? { name: tag.name, value: tag.value ?? null } : null };
  return { id, controls: [...new Set(controls)].toSorted(), scope, category, reason, owner, expiresOn };
}

/** Ids of the exemptions that something needed, and of those that cover something that passes or does not apply. */
export interface UsedExemptions {
  readonly needed: readonly string[];
  readonly passing: readonly string[];
}

/** Keeps in mind, over a scan, what became of each exemption. */
export interface ExemptionUse {
  note(assessment: Assessment): void;
  /** What has been noted so far, to be added to another. */
  used(): UsedExemptions;
  add(used: UsedExemptions): void;
  /**
   * What people should know of their exemptions, in the order of ids.
   * @param wasRead whether the scan has seen all that an exemption could match; one that matched nothing is told of only then
   */
  warnings(now: Date, wasRead: (exemption: Exemption) => boolean): readonly string[];
}

export function exemptionUse(exemptions: readonly Exemption[], index: ExemptionIndex = exemptionsByControl(exemptions)): ExemptionUse {
  const needed = new Set<string>();
  const passing = new Set<string>();
  return {
    note(assessment) {
      if (exemptions.length === 0) return;
      for (const { controlId, status } of assessment.findings) {
        const into = status === 'fail' || status === 'unknown' ? needed : passing;
        for (const { id } of exemptionsFor(index, assessment, controlId)) into.add(id);
        // A resource that could not be read may carry the tag.
        if (status === 'unknown') for (const { id } of exemptionsUndecided(index, assessment, controlId)) needed.add(id);
      }
    },
    used: () => ({ needed: [...needed].toSorted(), passing: [...passing].toSorted() }),
    add(used) {
      for (const id of used.needed) needed.add(id);
      for (const id of used.passing) passing.add(id);
    },
    warnings: (now, wasRead) =>
      exemptions.flatMap(exemption => {
        if (!needed.has(exemption.id) && wasRead(exemption)) return [unneeded(exemption, passing.has(exemption.id))];
        return endsAbout(exemption.expiresOn, now) ? [ending(exemption, now)] : [];
      }),
  };
}

function unneeded({ id, controls }: Exemption, passes: boolean): string {
  const named = `${controls.slice(0, 3).join(', ')}${controls.length > 3 ? ' or others it names' : ''}`;
  const what = passes ? 'everything it covers passes or does not apply' : `nothing in its scope is judged by ${named}`;
  return `Exemption ${id} matches nothing: ${what}. Correct its scope, or remove it.`;
}

function ending({ id, expiresOn, owner }: Exemption, now: Date): string {
  const when = expiresOn < dayOf(now) ? `expired on ${expiresOn}, and what it covers counts again` : `ends on ${expiresOn}`;
  return `Exemption ${id} ${when}. ${owner} fixes the cause, or renews it with a new reason.`;
}
