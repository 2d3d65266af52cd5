import type { ControlInfo } from '../core/control.ts';
import { placeName } from './places.ts';
import { profileNames, profiles } from './profiles.ts';
import { at, elementsAt } from './raw.ts';
import { quoted, type Misfit } from './wording.ts';

/**
 * What a schema cannot say: rules over several fields. It looks at data of any shape, so that a file with other
 * mistakes is told of these as well.
 */
export function crossChecks(raw: unknown, catalogue: readonly ControlInfo[]): readonly Misfit[] {
  return [...repeatedIds(raw), ...scopesWithoutLimit(raw), ...attestationsThatEndEarly(raw), ...parametersTogether(raw, catalogue)];
}

function repeatedIds(raw: unknown): Misfit[] {
  const seen = new Set<string>();
  return elementsAt(raw, ['exemptions']).flatMap((exemption, index) => {
    const id = at(exemption, ['id']);
    if (typeof id !== 'string') return [];
    const repeated = seen.has(id.toLowerCase());
    seen.add(id.toLowerCase());
    const message = `Another exemption has the id ${quoted(id)} already. Give this one a name of its own.`;
    return repeated ? [{ path: ['exemptions', index, 'id'], onKey: false, message }] : [];
  });
}

function scopesWithoutLimit(raw: unknown): Misfit[] {
  return elementsAt(raw, ['exemptions']).flatMap((exemption, index) => {
    const scope = at(exemption, ['scope']);
    if (typeof scope !== 'object' || scope === null || Object.keys(scope).length > 0) return [];
    const path = ['exemptions', index, 'scope'];
    return [{ path, onKey: true, message: `${placeName(path, raw)} names nothing. Give it a resourceId or a tag; to exempt everything, switch the control off.` }];
  });
}

function attestationsThatEndEarly(raw: unknown): Misfit[] {
  return elementsAt(raw, ['attestations']).flatMap((attestation, index) => {
    const [on, until] = [at(attestation, ['on']), at(attestation, ['until'])];
    if (typeof on !== 'string' || typeof until !== 'string' || until >= on) return [];
    const message = `The attestation ends on ${quoted(until)}, before it begins on ${quoted(on)}. Write a later day, or exchange the two.`;
    return [{ path: ['attestations', index, 'until'], onKey: false, message }];
  });
}

/** Parameters may be right each and wrong together: the control's own schema has the last word. */
function parametersTogether(raw: unknown, catalogue: readonly ControlInfo[]): Misfit[] {
  const profile = profileNames.find(name => name === at(raw, ['profile'])) ?? 'standard';
  return catalogue.flatMap(({ id, parameters }) => {
    const given = at(raw, ['controls', id, 'parameters']);
    if (typeof given !== 'object' || given === null) return [];
    const { error } = parameters.safeParse({ ...profiles[profile].controls[id]?.parameters, ...given });
    const issues = error?.issues ?? [];
    // A parameter that is wrong by itself is told of already.
    if (issues.some(({ path }) => path.length > 0)) return [];
    const path = ['controls', id, 'parameters'];
    return issues.map(({ message }) => ({ path, onKey: true, message: `${placeName(path, raw)} do not go together: ${message}. Correct one of them.` }));
  });
}
