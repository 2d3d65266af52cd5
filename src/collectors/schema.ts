import { z } from 'zod';
import type { AccessMode, AccessRule } from '../core/perimeter.ts';
import { subscriptionOf } from '../core/resource-id.ts';

/** A field that Azure leaves out, or sends as null, to say `meaning`. The place that uses it says where that is written. */
export function absent<S extends z.ZodType, M>(schema: S, meaning: M): z.ZodType<z.output<S> | M> {
  return schema.nullish().transform(value => (value === undefined || value === null ? meaning : value));
}

/** A list that Azure leaves out where it is empty. */
export function list<S extends z.ZodType>(element: S): z.ZodType<z.output<S>[]> {
  return absent(z.array(element), []) as z.ZodType<z.output<S>[]>;
}

/** A value of an open enumeration: known spelling, or what Azure sent. */
export function open<const Value extends string>(values: readonly Value[]): z.ZodType<Value | { readonly unrecognised: string }> {
  return z.string().transform(text => values.find(value => value.toLowerCase() === text.toLowerCase()) ?? { unrecognised: text });
}

/** Versions are text on the perimeter's side and numbers on the account's. */
export const Version = absent(z.union([z.string(), z.number()]).transform(String), null);

/** `Learning` is "Transition" in the portal. An association without a mode is not guessed at. */
export const Mode: z.ZodType<AccessMode> = absent(open(['Learning', 'Enforced', 'Audit']), { unrecognised: '(not given)' });

/** Azure always sends it; without it nothing says that the resource is in force. */
export const ProvisioningState = absent(z.string(), '(not given)');

/** The properties of a perimeter's access rule, as both APIs write them. */
export const AccessRuleProperties = z.object({
  direction: z.enum(['Inbound', 'Outbound']),
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
