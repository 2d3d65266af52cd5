import type { Severity } from '../core/finding.ts';

/** What a profile, or a baseline file, says of one control. What it leaves out holds as before. */
export interface ControlEntry {
  readonly enabled?: boolean | undefined;
  readonly severity?: Severity | undefined;
  readonly parameters?: Readonly<Record<string, unknown>> | undefined;
}

/** A starting point that a baseline file builds on. */
export interface Profile {
  /** For whom it is, as a sentence. */
  readonly description: string;
  /** Whether controls that are off by themselves are on. */
  readonly optIn: boolean;
  readonly controls: Readonly<Record<string, ControlEntry>>;
}

export const profileNames = ['standard', 'perimeter', 'strict'] as const;
export type ProfileName = (typeof profileNames)[number];

/** Every control keeps its own severity and parameters, save what is listed here. */
export const profiles: Readonly<Record<ProfileName, Profile>> = {
  standard: {
    description: 'Every control with its own severity and parameters; controls that few want are off.',
    optIn: false,
    controls: {},
  },
  perimeter: {
    description: 'For organisations that put every account into a network security perimeter.',
    optIn: false,
    controls: { 'perimeter-associated': { severity: 'high' } },
  },
  strict: {
    description: 'Every control is on, and limits are tight.',
    optIn: true,
    controls: {
      'control-plane-roles-least-privilege': { severity: 'high', parameters: { owners: 2 } },
      'firewall-ranges-narrow': { severity: 'high', parameters: { addressesPerRange: 16, addressesInTotal: 256 } },
      'keys-rotated': { severity: 'high', parameters: { days: 60 } },
      'mongo-users-least-privilege': { severity: 'high', parameters: { judgeDatabaseOwners: true } },
      'perimeter-associated': { severity: 'high' },
      'perimeter-inbound-narrow': { parameters: { addressesPerRange: 16, addressesInTotal: 256 } },
      'perimeter-logs-collected': { severity: 'high' },
      'read-only-keys-rotated': { severity: 'medium', parameters: { days: 180 } },
      'trusted-services-bypass-off': { severity: 'high' },
    },
  },
};
