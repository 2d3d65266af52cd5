import { stringify } from 'yaml';
import type { ControlInfo } from '../core/control.ts';
import type { Exemption } from '../core/exemption.ts';
import { canonical } from './canonical.ts';
import { emptyFile, profileBaseline, type Baseline, type EffectiveControl } from './effective.ts';
import type { ControlEntry } from './profiles.ts';
import type { BaselineFile, ExemptionEntry } from './schema.ts';

/** The file that says everything a baseline means. Reading it gives the same baseline. */
export function wholeFile(baseline: Baseline): BaselineFile {
  return { ...commonFile(baseline), controls: Object.fromEntries(baseline.controls) };
}

/** The shortest file that gives the same baseline: what differs from its profile. */
export function differingFile(baseline: Baseline, catalogue: readonly ControlInfo[]): Partial<BaselineFile> {
  const profile = profileBaseline(baseline.profile, catalogue);
  const controls = Object.fromEntries([...baseline.controls].flatMap(([id, control]) => entryOf(id, control, profile.controls.get(id))));
  const whole: Readonly<Record<string, unknown>> = { ...commonFile(baseline), controls };
  const filled = Object.entries(whole).filter(([, value]) => typeof value === 'string' || Object.keys(value ?? {}).length > 0);
  return Object.fromEntries(filled);
}

export function yamlOf(file: Partial<BaselineFile>): string {
  return stringify(file, { lineWidth: 0, aliasDuplicateObjects: false });
}

function commonFile({ name, profile, organisation, exemptions, attestations }: Baseline): BaselineFile {
  const { trustedSubscriptions, approvedRanges, approvedOutboundDomains, allowedWorkspaces, allowedRegions, requiredTags, dataPlaneOwners } = organisation;
  return {
    ...emptyFile(name, profile),
    trustedSubscriptions: [...trustedSubscriptions],
    approvedRanges: [...approvedRanges],
    approvedOutboundDomains: [...approvedOutboundDomains],
    allowedWorkspaces: [...allowedWorkspaces],
    allowedRegions: [...allowedRegions],
    requiredTags: [...requiredTags],
    dataPlaneOwners: [...dataPlaneOwners],
    exemptions: exemptions.map(exemptionEntry),
    attestations: [...attestations],
  };
}

function exemptionEntry({ scope: { resourceId, tag }, controls, ...rest }: Exemption): ExemptionEntry {
  const { id, category, reason, owner, expiresOn } = rest;
  const scope = { ...(resourceId !== null && { resourceId }), ...(tag && { tag: { name: tag.name, ...(tag.value !== null && { value: tag.value }) } }) };
  return { id, controls: [...controls], scope, category, reason, owner, expiresOn };
}

function entryOf(id: string, control: EffectiveControl, profile: EffectiveControl | undefined): readonly [string, ControlEntry][] {
  const parameters = Object.entries(control.parameters).filter(([name, value]) => canonical(value) !== canonical(profile?.parameters[name]));
  const entry: ControlEntry = {
    ...(control.enabled !== profile?.enabled && { enabled: control.enabled }),
    ...(control.severity !== profile?.severity && { severity: control.severity }),
    ...(parameters.length > 0 && { parameters: Object.fromEntries(parameters) }),
  };
  return Object.keys(entry).length > 0 ? [[id, entry]] : [];
}
