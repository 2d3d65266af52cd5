import { z } from 'zod';
import type { ControlInfo } from '../core/control.ts';
import { exemptionCategories } from '../core/exemption.ts';
import { severities } from '../core/finding.ts';
import { Day, Domain, ExemptionId, line, PrincipalId, prose, Range, RegionName, ResourcePrefix, SubscriptionId, WorkspaceId } from './fields.ts';
import { profileNames, profiles, type ControlEntry } from './profiles.ts';

const describedProfiles = profileNames.map(name => `${name}: ${profiles[name].description}`).join(' ');

const list = <S extends z.ZodType>(element: S, description: string): z.ZodDefault<z.ZodArray<S>> => z.array(element).max(10_000).default([]).describe(description);

const Scope = z
  .strictObject({
    resourceId: ResourcePrefix.optional(),
    tag: z
      .strictObject({
        name: line(512).describe('Name of a tag of the account; case does not matter.'),
        value: z.string().max(256).optional().describe('Its value, to the letter. Left out, any value does.'),
      })
      .optional()
      .describe('A tag of the account.'),
  })
  .describe('Give resourceId, tag or both; with both, both must hold. To exempt everything, switch the control off instead.');

/**
 * What a baseline file may hold. Control ids and their parameters come from the catalogue, so that editors complete
 * them and a misspelt one is found.
 */
export function baselineSchema(catalogue: readonly ControlInfo[]) {
  const [manual, automated] = [catalogue.filter(isManual), catalogue.filter(control => !isManual(control))];
  return z
    .strictObject({
      $schema: z.string().optional().describe('For editors; not read.'),
      name: line(60).describe('A name for this baseline; reports and tables show it with a hash of the content.'),
      profile: z.enum(profileNames).default('standard').describe(`The profile to start from. ${describedProfiles}`),
      controls: controlsSchema(catalogue).default({}).describe('What differs from the profile, by control.'),
      trustedSubscriptions: list(SubscriptionId, 'Subscriptions outside the tenant that may reach in.'),
      approvedRanges: list(Range, 'Ranges that firewall rules must stay within. Empty: not checked.'),
      approvedOutboundDomains: list(Domain, 'Domains that outbound perimeter rules must stay within. Empty: not checked.'),
      allowedWorkspaces: list(WorkspaceId, 'Log Analytics workspaces that count as a destination of logs. Empty: any.'),
      allowedRegions: list(RegionName, 'Azure regions that data may be in. Empty: not checked.'),
      requiredTags: list(line(512).describe('Name of a tag.'), 'Tags that every account carries. Empty: not checked.'),
      dataPlaneOwners: list(PrincipalId, 'Principals that may hold account-wide rights over data.'),
      exemptions: list(exemptionSchema(automated), 'Failures that are accepted for a time: they stay failures, outside the score.'),
      attestations: list(attestationSchema(manual), 'The word of people that manual controls hold.'),
    })
    .describe('The security baseline of an organisation.');
}

export type BaselineFile = z.output<ReturnType<typeof baselineSchema>>;
export type ExemptionEntry = BaselineFile['exemptions'][number];

export function isManual({ procedure }: ControlInfo): boolean {
  return procedure !== undefined;
}

function exemptionSchema(automated: readonly ControlInfo[]) {
  return z.strictObject({
    id: ExemptionId,
    controls: z.array(idOf(automated)).min(1).describe('The controls it exempts from.'),
    scope: Scope,
    category: z.enum(exemptionCategories).describe('mitigated: met by other means. accepted-risk: known and accepted. false-positive: the finding is wrong.'),
    reason: prose(4_000).describe('Why it is acceptable, so that somebody else can judge it later.'),
    owner: line(200).describe('Who answers for it: a person or team, for example an e-mail address.'),
    expiresOn: Day.describe('The last day on which it holds, for example 2026-12-31; from then on the failure counts again.'),
  });
}

function attestationSchema(manual: readonly ControlInfo[]) {
  return z.strictObject({
    control: idOf(manual).describe('The manual control.'),
    by: line(200).describe('Who looked: a person, for example an e-mail address.'),
    on: Day.describe('The day of the check, for example 2026-11-20.'),
    until: Day.describe('The last day on which it holds, for example 2027-11-19.'),
    evidence: prose(4_000).describe('Where the proof is: a ticket, a report, a recording.'),
  });
}

function idOf(controls: readonly ControlInfo[]): z.ZodEnum<{ [id: string]: string }> {
  return z.enum(controls.map(({ id }) => id));
}

type ControlEntries = Record<string, ControlEntry>;

function controlsSchema(catalogue: readonly ControlInfo[]): z.ZodType<ControlEntries, ControlEntries> {
  const entries = Object.fromEntries(catalogue.map(control => [control.id, controlSchema(control).optional()]));
  return z.strictObject(entries) as unknown as z.ZodType<ControlEntries, ControlEntries>;
}

function controlSchema({ title, severity, parameters, optIn = false }: ControlInfo) {
  const shape = parametersSchema(parameters);
  return z
    .strictObject({
      enabled: z.boolean().optional().describe(`Whether it is judged. Without a profile that says otherwise: ${!optIn}.`),
      severity: z.enum(severities).optional().describe(`How bad a failure is. Without a profile that says otherwise: ${severity}.`),
      parameters: shape.optional(),
    })
    .describe(title);
}

/** The control's own parameters, each of which may be left out: a default would hide what the profile says. */
function parametersSchema({ shape }: z.ZodObject): z.ZodObject {
  const entries = Object.entries(shape as Record<string, z.ZodType>).map(([name, schema]) => [name, withoutDefault(schema)]);
  return z.strictObject(Object.fromEntries(entries));
}

function withoutDefault(schema: z.ZodType): z.ZodType {
  if (!(schema instanceof z.ZodDefault)) return schema.optional();
  const { defaultValue } = schema.def;
  return (schema.unwrap() as z.ZodType).optional().meta({ ...schema.meta(), default: defaultValue });
}

/** The default of every parameter that has one. */
export function defaultsOf({ shape }: z.ZodObject): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(shape).flatMap(([name, schema]) => (schema instanceof z.ZodDefault ? [[name, schema.def.defaultValue]] : [])));
}
