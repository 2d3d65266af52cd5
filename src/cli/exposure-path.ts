import { z } from 'zod';
import type { Assessment } from '../core/assessment.ts';
import type { Exposure, ExposurePerimeter, LatentRisk } from '../core/exposure.ts';
import { nameOf } from '../core/resource-id.ts';

/** One thing that has a say in who reaches an account. */
export interface Step {
  readonly title: string;
  /** As it is set. */
  readonly value: string;
  /** What that means here; empty where it goes without saying. */
  readonly meaning: string;
  /** The rule or setting that decides the reach is here. */
  readonly decides: boolean;
}

/** What the account's settings are, as far as controls observed them; null where none did. */
interface Settings {
  readonly publicNetworkAccess: string | null;
  readonly ipRules: number | null;
  readonly azureDatacenters: boolean | null;
  readonly virtualNetwork: { readonly rules: number; readonly filter: boolean } | null;
  readonly endpoints: { readonly approved: number; readonly all: number } | null;
  readonly bypassResources: number | null;
}

/**
 * The way through the table of effective exposure, in the order in which it is asked: perimeters, public network access,
 * the firewall; then what passes all of these.
 * @see https://learn.microsoft.com/azure/private-link/network-security-perimeter-transition
 */
export function exposurePath(assessment: Assessment): readonly Step[] {
  const { exposure } = assessment;
  if (!exposure) return [];
  const settings = settingsOf(assessment);
  const regime = regimeOf(exposure.perimeters);
  return [
    ...perimeterSteps(exposure, regime),
    accessStep(settings, exposure, regime),
    firewallStep(settings, exposure, regime),
    endpointStep(settings, exposure),
    bypassStep(settings, exposure),
    outboundStep(exposure),
  ];
}

/** How the account's perimeters are taken together: Enforced anywhere means perimeter rules only. */
type Regime = 'none' | 'notEnforced' | 'enforced';

function regimeOf(perimeters: readonly ExposurePerimeter[]): Regime {
  if (perimeters.some(({ accessMode }) => accessMode === 'Enforced')) return 'enforced';
  return perimeters.length === 0 ? 'none' : 'notEnforced';
}

function perimeterSteps({ perimeters, decidedBy, reach }: Exposure, regime: Regime): Step[] {
  if (perimeters.length === 0) {
    return [{ title: 'Network security perimeter', value: reach === 'unknown' ? 'none that is known' : 'none', meaning: 'Public network access and the firewall decide.', decides: false }];
  }
  return perimeters.map(({ id, accessMode }): Step => {
    const name = nameOf(id);
    const decides = decidedBy.includes(`perimeter rule ${name}/`) || decidedBy.startsWith(`perimeter ${name} `);
    return { title: 'Network security perimeter', value: `${name}, ${modeInWords(accessMode)}`, meaning: meaningOfMode(accessMode, regime), decides };
  });
}

function modeInWords(mode: ExposurePerimeter['accessMode']): string {
  if (mode === null) return 'access mode not known';
  if (typeof mode === 'object') return `access mode "${mode.unrecognised}", which this version does not know`;
  return mode === 'Learning' ? 'Learning (portal: Transition)' : mode;
}

function meaningOfMode(mode: ExposurePerimeter['accessMode'], regime: Regime): string {
  if (mode === 'Enforced') return 'Only what perimeter rules admit gets in: public network access and the firewall are not asked.';
  if (mode === 'Learning' || mode === 'Audit') {
    const beside = regime === 'enforced' ? '' : ", beside the account's own";
    return `It blocks nothing, and its inbound rules let in what they admit${beside}.${mode === 'Audit' ? ' Audit is judged like Learning.' : ''}`;
  }
  return 'Its inbound rules let in what they admit; whether it blocks anything is not known.';
}

function accessStep({ publicNetworkAccess: access }: Settings, { decidedBy, latent }: Exposure, regime: Regime): Step {
  const step = { title: 'Public network access', value: access ?? 'not known', decides: decidedBy.startsWith('publicNetworkAccess') };
  if (regime === 'enforced') return { ...step, meaning: 'Not asked: a perimeter is Enforced.' };
  return { ...step, meaning: access === null ? '' : (meaningOfAccess(regime, latent)[access] ?? '') };
}

/** By setting, where no perimeter is Enforced. */
function meaningOfAccess(regime: Regime, latent: Exposure['latent']): Readonly<Record<string, string>> {
  const besidePerimeter = latent.includes('learningOpensDisabled') ? latentInWords.learningOpensDisabled : 'The firewall lets nobody in; perimeter rules may.';
  return {
    Enabled: "The account's firewall decides.",
    Disabled: regime === 'none' ? 'Nobody gets in from public networks.' : besidePerimeter,
    SecuredByPerimeter: regime === 'none' ? 'Locked down: there is no perimeter, so nobody gets in from public networks.' : 'Only perimeter rules let anybody in.',
  };
}

function firewallStep(settings: Settings, { decidedBy, latent }: Exposure, regime: Regime): Step {
  const { publicNetworkAccess, ipRules, azureDatacenters, virtualNetwork, endpoints } = settings;
  const isAsked = regime !== 'enforced' && publicNetworkAccess === 'Enabled';
  const isIdle = virtualNetwork !== null && virtualNetwork.rules > 0 && !virtualNetwork.filter;
  const parts = [
    ipRules === null ? 'IP rules not known' : counted(ipRules, 'IP rule'),
    ...(azureDatacenters === true ? ['0.0.0.0 (all of Azure)'] : []),
    virtualNetwork === null ? 'virtual network rules not known' : `${counted(virtualNetwork.rules, 'virtual network rule')}${isIdle ? ' without effect, the filter is off' : ''}`,
  ];
  const isOff = ipRules === 0 && azureDatacenters === false && virtualNetwork?.filter === false;
  const step = { title: 'Firewall', value: isOff ? 'none' : parts.join(', '), decides: isAsked && /\bIP rules?\b|virtual network rule|firewall without rules/.test(decidedBy) };
  if (!isAsked) return { ...step, meaning: publicNetworkAccess === null ? '' : 'Not asked.' };
  if (!isOff) return { ...step, meaning: 'Only what its rules admit gets in.' };
  if (endpoints === null || endpoints.approved === 0) return { ...step, meaning: 'Nothing restricts who gets in.' };
  if (!latent.includes('lastPrivateEndpoint')) return { ...step, meaning: 'Approved private endpoints keep the public out.' };
  return { ...step, meaning: `Approved private endpoints keep the public out for now. ${latentInWords.lastPrivateEndpoint}` };
}

function endpointStep({ endpoints }: Settings, { decidedBy }: Exposure): Step {
  const value = endpoints === null ? 'not known' : endpoints.all === 0 ? 'none' : `${endpoints.approved} approved of ${endpoints.all}`;
  const meaning = endpoints && endpoints.approved > 0 ? 'Their traffic passes all of the above.' : '';
  return { title: 'Private endpoints', value, meaning, decides: /^\d+ approved private endpoint/.test(decidedBy) };
}

function bypassStep({ bypassResources }: Settings, { trustedServices }: Exposure): Step {
  const resources = bypassResources === null ? 'resources by id not known' : `${counted(bypassResources, 'resource')} by id`;
  const services = `trusted Azure services ${trustedServices === 'unknown' ? 'not known' : trustedServices}`;
  return { title: 'Exceptions', value: `${services}, ${resources}`, meaning: (bypassResources ?? 0) > 0 ? latentInWords.bypassResources : '', decides: false };
}

function outboundStep({ outbound }: Exposure): Step {
  const meanings: Readonly<Record<Exposure['outbound'], string>> = {
    open: 'The account reaches anything.',
    perimeterRules: 'The account reaches what outbound rules of the perimeter name.',
    denied: 'The account reaches nothing.',
    unknown: '',
  };
  return { title: 'Outbound', value: outbound === 'unknown' ? 'not known' : outbound, meaning: meanings[outbound], decides: false };
}

export const latentInWords: Readonly<Record<LatentRisk, string>> = {
  lastPrivateEndpoint: 'It opens to the whole Internet when the last one goes.',
  learningOpensDisabled: "Disabled does not keep the public out here: the perimeter's inbound rules let in what they admit.",
  bypassResources: 'They get in whatever the rules say.',
};

/** What some controls observe anyway; a control that is off, or did not know, leaves its part out. */
function settingsOf({ findings, exposure }: Assessment): Settings {
  const observed = new Map(findings.map(finding => [finding.controlId, finding.observed]));
  const read = <T>(controlId: string, schema: z.ZodType<T>): T | null => schema.safeParse(observed.get(controlId)).data ?? null;
  const byStatus = read('private-endpoint-approved', z.object({ connections: z.int(), byStatus: z.record(z.string(), z.int()) }));
  const virtual = read('virtual-network-rules-effective', z.object({ virtualNetworkRules: z.int(), virtualNetworkFilter: z.boolean() }));
  return {
    publicNetworkAccess: read('public-access-secured-by-perimeter', z.object({ publicNetworkAccess: z.string() }))?.publicNetworkAccess ?? null,
    ipRules: read('firewall-no-internet-range', z.object({ ipRules: z.int() }))?.ipRules ?? null,
    azureDatacenters: read('firewall-no-azure-datacenters', z.object({ azureDatacenters: z.boolean() }))?.azureDatacenters ?? null,
    virtualNetwork: virtual ? { rules: virtual.virtualNetworkRules, filter: virtual.virtualNetworkFilter } : namedNetworks(exposure?.decidedBy ?? ''),
    endpoints: byStatus && { approved: Object.entries(byStatus.byStatus).reduce((sum, [status, count]) => sum + (status.toLowerCase() === 'approved' ? count : 0), 0), all: byStatus.connections },
    bypassResources: read('trusted-services-bypass-off', z.object({ bypassResourceIds: z.int() }))?.bypassResourceIds ?? null,
  };
}

/** Where subnets could not be read, the control does not know; the deciding rule still names the rules in force. */
function namedNetworks(decidedBy: string): Settings['virtualNetwork'] {
  const rules = /(\d+) virtual network rules?/.exec(decidedBy)?.[1];
  return rules === undefined ? null : { rules: Number(rules), filter: true };
}

function counted(count: number, noun: string): string {
  return `${count === 0 ? 'no' : count} ${noun}${count === 1 ? '' : 's'}`;
}
