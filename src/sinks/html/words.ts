import { reaches, type LatentRisk, type Outbound, type Reach } from '../../core/exposure.ts';
import type { AccessMode } from '../../core/perimeter.ts';
import type { Reason } from '../../core/fact.ts';
import type { Severity, Status } from '../../core/finding.ts';
import type { ScopeKind, SubscriptionOutcome } from '../../core/scan.ts';

/** The states a finding is counted under. What is exempted is counted apart from what fails or is unknown. */
export const standings = ['fail', 'unknown', 'manual', 'exempted', 'pass', 'notApplicable'] as const;
/** Where a finding stands. */
export type Standing = (typeof standings)[number];

/** Standings as the document calls them. */
export const standingWords: Readonly<Record<Standing, string>> = {
  fail: 'Fail',
  unknown: 'Unknown',
  manual: 'To attest',
  exempted: 'Exempted',
  pass: 'Pass',
  notApplicable: 'Not applicable',
};

/** Statuses as the document calls them. */
export const statusWords: Readonly<Record<Status, string>> = standingWords;

/** Severities as the document calls them. */
export const severityWords: Readonly<Record<Severity, string>> = { critical: 'Critical', high: 'High', medium: 'Medium', low: 'Low', info: 'Info' };

/** From most to least open; unknown last. */
export const allReaches: readonly Reach[] = [...reaches, 'unknown'];

/** Reaches as the document calls them. */
export const reachWords: Readonly<Record<Reach, string>> = {
  internet: 'Internet',
  allAzure: 'All of Azure',
  selectedNetworks: 'Selected networks',
  perimeterRules: 'Perimeter rules',
  privateOnly: 'Private only',
  closed: 'Closed',
  unknown: 'Unknown',
};

/** Completes "can be reached …". */
export const reachMeanings: Readonly<Record<Reach, string>> = {
  internet: 'by anyone on the Internet',
  allAzure: 'from every Azure datacenter, other tenants’ included',
  selectedNetworks: 'from listed addresses and subnets',
  perimeterRules: 'by what perimeter rules admit',
  privateOnly: 'through private endpoints only',
  closed: 'by nobody over the network',
  unknown: 'by whom is not known',
};

/** Latent risks as the document calls them. */
export const latentWords: Readonly<Record<LatentRisk, string>> = {
  lastPrivateEndpoint: 'Held closed by its last private endpoint',
  learningOpensDisabled: 'Opened by a perimeter that is not enforced',
  bypassResources: 'Bypassed by resource ids',
};

/** Outbound access as the document calls it. */
export const outboundWords: Readonly<Record<Outbound, string>> = { open: 'Open', perimeterRules: 'Perimeter rules', denied: 'Denied', unknown: 'Unknown' };

/** Access of trusted services as the document calls it. */
export const trustedServicesWords: Readonly<Record<'off' | 'on' | 'unknown', string>> = { off: 'Off', on: 'On', unknown: 'Unknown' };

/** An access mode, with the portal’s name where that differs. */
export function accessModeInWords(mode: AccessMode | null): string {
  if (mode === null) return 'access mode unknown';
  if (mode === 'Learning') return 'Learning (portal: Transition)';
  return typeof mode === 'string' ? mode : `${mode.unrecognised}, not known to this version`;
}

/** What became of a subscription, and what that means for the report. */
export const outcomeWords: Readonly<Record<SubscriptionOutcome, { readonly name: string; readonly meaning: string }>> = {
  scanned: { name: 'Scanned', meaning: 'Its accounts were listed and judged.' },
  denied: { name: 'Denied', meaning: 'The identity of the scan may not list its accounts.' },
  throttled: { name: 'Throttled', meaning: 'Azure asked to wait longer than a scan may.' },
  failed: { name: 'Failed', meaning: 'Azure did not answer as documented, or could not be reached.' },
  skipped: { name: 'Skipped', meaning: 'It is deleted, or the scan ended before it was finished.' },
};

/** Why something is not known, and what to do about it. */
export const reasonWords: Readonly<Record<Reason | SubscriptionOutcome, { readonly name: string; readonly fix: string }>> = {
  denied: { name: 'Denied', fix: 'Assign the role “Cosmos DB Compliance Reader” (infra/reader-role.json) to the identity of the scan at these scopes, and scan again.' },
  throttled: { name: 'Throttled', fix: 'Scan again later, or with a lower --concurrency: other tools share the limits of Resource Manager.' },
  missing: { name: 'Missing', fix: 'What the configuration names is not there or belongs to another tenant. Remove the reference, or have its owner confirm it.' },
  unsupported: { name: 'Unsupported', fix: 'This cloud or API does not have it. Where that stays so, exempt the finding or switch the control off in the baseline.' },
  unreachable: { name: 'Unreachable', fix: 'Check the network, the proxy and the name resolution between the scan and Azure, and scan again.' },
  malformed: { name: 'Malformed', fix: 'Azure answered with something this version does not know. Look at the setting in the portal, and update the monitor.' },
  contradictory: { name: 'Contradictory', fix: 'Two sources that Azure keeps in step say different things. Look at the association on both sides; perimeter-healthy says more.' },
  failed: { name: 'Failed', fix: 'Scan again. Where it stays, report the sentence below with the version of the monitor.' },
  scanned: { name: 'Scanned', fix: '' },
  skipped: { name: 'Skipped', fix: 'Scan again without interrupting it. Deleted subscriptions need nothing.' },
};

/** What a scan was asked for. */
export const scopeWords: Readonly<Record<ScopeKind, string>> = {
  tenant: 'everything the identity sees',
  managementGroup: 'one management group',
  subscriptions: 'chosen subscriptions',
  accounts: 'chosen accounts',
};

/** `1 account`, `2 accounts`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${grouped(number)} ${number === 1 ? one : many}`;
}

/** 12,345. */
export function grouped(number: number): string {
  return String(number).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** `20 November 2026, 06:00 UTC`. */
export function moment(date: Date): string {
  const text = date.toISOString();
  return `${Number(text.slice(8, 10))} ${months[date.getUTCMonth()] ?? ''} ${text.slice(0, 4)}, ${text.slice(11, 16)} UTC`;
}

/** `1.3 s`, `12 min`, `3 h 5 min`. */
export function duration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 90) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A share of 1 as a whole percentage, rounded down. */
export function percent(share: number): string {
  return `${Math.floor(share * 100 + 1e-9)} %`;
}
