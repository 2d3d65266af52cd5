import { z } from 'zod';
import { MalformedAnswerError } from '../azure/errors.ts';
import type { Known } from '../core/fact.ts';
import type { AccessMode, AccessRule } from '../core/perimeter.ts';
import { subscriptionOf } from '../core/resource-id.ts';
import { issuesInWords } from './reason.ts';

/** The elements of a list. One that cannot be understood makes the whole list unknown: nothing is left out. */
export function elements<S extends z.ZodType>(element: S, { value, sources }: Known<readonly unknown[]>): z.output<S>[] {
  return value.map(item => {
    const { success, data, error } = element.safeParse(item);
    if (!success) throw new MalformedAnswerError(`${nameIn(item)} is not what the API promises: ${issuesInWords(error)}.`, ...sources);
    return data;
  });
}

/** The one thing that was asked for. */
export function one<S extends z.ZodType>(schema: S, { value, sources }: Known<unknown>): z.output<S> {
  const { success, data, error } = schema.safeParse(value);
  if (!success) throw new MalformedAnswerError(`${nameIn(value)} is not what the API promises: ${issuesInWords(error)}.`, ...sources);
  return data;
}

function nameIn(item: unknown): string {
  const { success, data } = z.union([z.object({ name: z.string() }).transform(({ name }) => name), z.object({ id: z.string() }).transform(({ id }) => id)]).safeParse(item);
  return success ? data : 'an element';
}

interface AbsentDefinition<S extends z.ZodType, M> extends z.core.$ZodTypeDef {
  readonly type: 'default';
  readonly innerType: S;
  readonly meaning: M;
}

interface Absent<S extends z.ZodType, M> extends z.ZodType<z.output<S> | M> {
  readonly _zod: z.ZodType<z.output<S> | M>['_zod'] & { def: AbsentDefinition<S, M> };
}

/** A schema of a kind of its own: `nullish` and `transform` say the same with five times the work, and most of what is read is such fields. https://zod.dev/packages/core */
const Absent = z.core.$constructor<Absent<z.ZodType, unknown>>('Absent', (schema, definition) => {
  z.ZodType.init(schema, definition);
  schema._zod.optin = 'defaulted';
  schema._zod.parse = (payload, context) => {
    if (payload.value !== undefined && payload.value !== null) return definition.innerType._zod.run(payload, context);
    payload.value = definition.meaning;
    return payload;
  };
});

/** A field that Azure leaves out, or sends as null, to say `meaning`. The place that uses it says where that is written. */
export function absent<S extends z.ZodType, M>(innerType: S, meaning: M): z.ZodType<z.output<S> | M> {
  return new Absent({ type: 'default', innerType, meaning }) as z.ZodType<z.output<S> | M>;
}

/** A list that Azure leaves out where it is empty. */
export function list<S extends z.ZodType>(element: S): z.ZodType<z.output<S>[]> {
  return absent(z.array(element), []);
}

/** A value of an open enumeration: known spelling, or what Azure sent. */
export function open<const Value extends string>(values: readonly Value[]): z.ZodType<Value | { readonly unrecognised: string }> {
  return z.string().transform(text => values.find(value => value.toLowerCase() === text.toLowerCase()) ?? { unrecognised: text });
}

/** A value of a closed enumeration, in any case. */
export function closed<const Value extends string>(values: readonly Value[]): z.ZodType<Value> {
  return z.string().transform((text, context) => {
    const value = values.find(each => each.toLowerCase() === text.toLowerCase());
    if (value === undefined) context.addIssue(`expected one of ${values.join(', ')}, received "${text}"`);
    return value ?? z.NEVER;
  });
}

/** A reference to another resource: its id. */
export const Reference = z.object({ id: z.string() }).transform(({ id }) => id);

/** Versions are text on the perimeter's side and numbers on the account's. */
export const Version = absent(z.union([z.string(), z.number()]).transform(String), null);

/** `Learning` is "Transition" in the portal. An association without a mode is not guessed at. */
export const Mode: z.ZodType<AccessMode> = absent(open(['Learning', 'Enforced', 'Audit']), { unrecognised: '(not given)' });

/** Azure always sends it; without it nothing says that the resource is in force. */
export const ProvisioningState = absent(z.string(), '(not given)');

/** The properties of a perimeter's access rule, as both APIs write them. */
export const AccessRuleProperties = z.object({
  direction: closed(['Inbound', 'Outbound']),
  addressPrefixes: list(z.string()),
  subscriptions: list(z.object({ id: z.string() })),
  networkSecurityPerimeters: list(z.object({ id: absent(z.string(), ''), perimeterGuid: absent(z.string(), '') })),
  fullyQualifiedDomainNames: list(z.string()),
  serviceTags: list(z.string()),
});

export const Rule = z.object({ name: z.string(), properties: AccessRuleProperties }).transform(
  ({ name, properties: { direction, addressPrefixes, subscriptions, networkSecurityPerimeters, fullyQualifiedDomainNames, serviceTags } }): AccessRule => ({
    name,
    direction,
    addressPrefixes,
    subscriptions: subscriptions.map(({ id }) => subscriptionOf(id) ?? id.toLowerCase()),
    perimeters: networkSecurityPerimeters.map(({ id, perimeterGuid }) => id || perimeterGuid),
    fullyQualifiedDomainNames,
    serviceTags,
  }),
);
