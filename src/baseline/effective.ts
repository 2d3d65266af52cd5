import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Attestation } from '../core/attestation.ts';
import type { ControlInfo, Organisation } from '../core/control.ts';
import type { ControlSettings } from '../core/evaluate.ts';
import type { Exemption } from '../core/exemption.ts';
import { sortedAttestations } from './attestations.ts';
import { canonical } from './canonical.ts';
import { exemptionFrom } from './exemptions.ts';
import { profiles, type ControlEntry, type ProfileName } from './profiles.ts';
import { defaultsOf, type BaselineFile } from './schema.ts';

/** What one control does under a baseline, with every parameter spelt out. */
export interface EffectiveControl extends ControlSettings {
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** What an organisation wants: which controls apply, how severe they are, their parameters, and what is accepted. */
export interface Baseline {
  readonly name: string;
  readonly profile: ProfileName;
  /** Name and a hash of the content, for rows and reports: equal labels, equal baselines. */
  readonly label: string;
  /** By id, in the order of the catalogue. */
  readonly controls: ReadonlyMap<string, EffectiveControl>;
  readonly organisation: Omit<Organisation, 'cloud' | 'subscriptions'>;
  readonly exemptions: readonly Exemption[];
  readonly attestations: readonly Attestation[];
  /** A control that is not in the catalogue is as it says of itself. */
  settings(this: void, control: ControlInfo): ControlSettings;
}

/** The profile first, then what the file says of each control: enabled, severity and each parameter on its own. */
export function effectiveBaseline(file: BaselineFile, catalogue: readonly ControlInfo[]): Baseline {
  const controls = new Map(catalogue.map(control => [control.id, effectiveControl(control, file.profile, file.controls[control.id] ?? {})]));
  const organisation = organisationOf(file);
  const exemptions = file.exemptions.map(exemptionFrom).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const attestations = sortedAttestations(file.attestations);
  const content = { controls: [...controls].toSorted(([a], [b]) => (a < b ? -1 : 1)), organisation, exemptions, attestations };
  return {
    name: file.name,
    profile: file.profile,
    label: `${file.name} ${bytesToHex(sha256(utf8ToBytes(canonical(content)))).slice(0, 8)}`,
    controls,
    organisation,
    exemptions,
    attestations,
    settings: control => controls.get(control.id) ?? { enabled: control.optIn !== true, severity: control.severity, parameters: {} },
  };
}

/** The baseline that a profile is by itself. */
export function profileBaseline(profile: ProfileName, catalogue: readonly ControlInfo[]): Baseline {
  return effectiveBaseline(emptyFile(profile, profile), catalogue);
}

/** A file that changes nothing. */
export function emptyFile(name: string, profile: ProfileName): BaselineFile {
  return {
    name,
    profile,
    controls: {},
    trustedSubscriptions: [],
    approvedRanges: [],
    approvedOutboundDomains: [],
    allowedWorkspaces: [],
    allowedRegions: [],
    requiredTags: [],
    dataPlaneOwners: [],
    exemptions: [],
    attestations: [],
  };
}

function effectiveControl({ id, severity, parameters, optIn = false }: ControlInfo, profile: ProfileName, entry: ControlEntry): EffectiveControl {
  const { optIn: all, controls } = profiles[profile];
  const base = controls[id] ?? {};
  return {
    enabled: entry.enabled ?? base.enabled ?? (all || !optIn),
    severity: entry.severity ?? base.severity ?? severity,
    parameters: { ...defaultsOf(parameters), ...base.parameters, ...entry.parameters },
  };
}

function organisationOf(file: BaselineFile): Baseline['organisation'] {
  return {
    trustedSubscriptions: new Set(distinct(file.trustedSubscriptions.map(lower))),
    approvedRanges: distinct(file.approvedRanges.map(range => range.trim())),
    approvedOutboundDomains: distinct(file.approvedOutboundDomains.map(lower)),
    allowedWorkspaces: distinct(file.allowedWorkspaces.map(lower)),
    allowedRegions: distinct(file.allowedRegions.map(region => lower(region).replaceAll(' ', ''))),
    requiredTags: distinct(file.requiredTags),
    dataPlaneOwners: new Set(distinct(file.dataPlaneOwners.map(lower))),
  };
}

function lower(text: string): string {
  return text.trim().toLowerCase();
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].toSorted();
}
