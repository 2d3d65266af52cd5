import type { ControlInfo, Organisation } from '../core/control.ts';
import type { ControlSettings } from '../core/evaluate.ts';

/** What an organisation wants: which controls apply, how severe they are, and their parameters. */
export interface Baseline {
  /** Name and version, for rows and reports. */
  readonly label: string;
  readonly organisation: Omit<Organisation, 'cloud' | 'subscriptions'>;
  settings(control: ControlInfo): ControlSettings;
}

/** The profile that holds until a baseline file says otherwise: every control, with its own severity and defaults. */
export const standardBaseline: Baseline = {
  label: 'standard 1',
  organisation: { trustedSubscriptions: new Set(), approvedRanges: [], approvedOutboundDomains: [], allowedWorkspaces: [] },
  settings: ({ severity }) => ({ enabled: true, severity, parameters: {} }),
};
