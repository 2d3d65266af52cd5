import type { NetworkManagementClient } from '@azure/arm-network';
import { z } from 'zod';
import type { Arm, PagedCall } from '../azure/arm.ts';
import { withoutCopies } from '../core/copies.ts';
import { known, type Known } from '../core/fact.ts';
import type { PerimeterAssociation, PerimeterLink, Profile } from '../core/perimeter.ts';
import { nameOf, resourceGroupOf, subscriptionOf } from '../core/resource-id.ts';
import { settled, type Collector } from './collector.ts';
import { absent, elements, list, Mode, ProvisioningState, Rule, Version } from './schema.ts';

const action = (kind: string): string => `Microsoft.Network/networkSecurityPerimeters/${kind}/read`;

/** All pages of a list under a perimeter. */
function under(arm: Arm, perimeterId: string, call: (client: NetworkManagementClient, group: string, name: string) => PagedCall): Promise<Known<unknown[]>> {
  const subscription = subscriptionOf(perimeterId);
  const group = resourceGroupOf(perimeterId);
  if (subscription === null || group === null) throw new Error(`${perimeterId} is not the id of a perimeter.`);
  return arm.all(() => call(arm.network(subscription), group, nameOf(perimeterId)));
}

const ProfileOnWire = z.object({ name: z.string(), properties: z.object({ accessRulesVersion: Version }) });

/** The profiles of a perimeter with their access rules, by perimeter id. */
export const profiles: Collector<string, Profile[]> = {
  name: 'profiles and access rules',
  actions: [action('profiles'), action('profiles/accessRules')],
  async read(arm, perimeterId) {
    const listed = await under(arm, perimeterId, (client, group, name) => client.networkSecurityPerimeterProfiles.list(group, name));
    const read = await settled(
      elements(ProfileOnWire, listed).map(async ({ name: profile, properties: { accessRulesVersion } }) => {
        const rules = await under(arm, perimeterId, (client, group, name) => client.networkSecurityPerimeterAccessRules.list(group, name, profile));
        return { profile: { name: profile, accessRulesVersion, rules: elements(Rule, rules) }, sources: rules.sources };
      }),
    );
    return known(read.map(({ profile }) => profile), [...listed.sources, ...read.flatMap(({ sources }) => sources)]);
  },
};

const AssociationOnWire = z
  .object({
    name: z.string(),
    properties: z.object({
      privateLinkResource: z.object({ id: z.string() }),
      profile: z.object({ id: z.string() }),
      accessMode: Mode,
      provisioningState: ProvisioningState,
      // "yes" or "no", as text. Without it nothing says that there are none.
      hasProvisioningIssues: absent(z.string(), '(not given)'),
    }),
  })
  .transform(({ name, properties: { privateLinkResource, profile, accessMode, provisioningState, hasProvisioningIssues } }): PerimeterAssociation => ({
    name,
    resourceId: privateLinkResource.id,
    profile: nameOf(profile.id),
    accessMode,
    provisioningState,
    hasProvisioningIssues: hasProvisioningIssues.toLowerCase() !== 'no',
  }));

/** The resources associated with a perimeter, by perimeter id. They may live in any subscription. */
export const associations: Collector<string, PerimeterAssociation[]> = {
  name: 'associations',
  actions: [action('resourceAssociations')],
  async read(arm, perimeterId) {
    const listed = await under(arm, perimeterId, (client, group, name) => client.networkSecurityPerimeterAssociations.list(group, name));
    const once = withoutCopies();
    const found = elements(AssociationOnWire, listed).map(({ profile, provisioningState, ...rest }) => ({ ...rest, profile: once(profile), provisioningState: once(provisioningState) }));
    return known(found, listed.sources);
  },
};

const Profiles = list(z.string());

const LinkOnWire = z.object({
  name: z.string(),
  properties: z.object({
    autoApprovedRemotePerimeterResourceId: absent(z.string(), null),
    remotePerimeterResourceId: absent(z.string(), null),
    remotePerimeterGuid: absent(z.string(), null),
    // Azure always sends both: a link without them is not one that lets nobody in.
    localInboundProfiles: z.array(z.string()),
    localOutboundProfiles: z.array(z.string()),
    remoteInboundProfiles: Profiles,
    status: z.string(),
  }),
});

/** Links that a perimeter made and link references that others made to it, by perimeter id. */
export const links: Collector<string, PerimeterLink[]> = {
  name: 'links',
  actions: [action('links'), action('linkReferences')],
  async read(arm, perimeterId) {
    const read = await settled([
      under(arm, perimeterId, (client, group, name) => client.networkSecurityPerimeterLinks.list(group, name)).then(listed => linksIn(listed, 'outgoing')),
      under(arm, perimeterId, (client, group, name) => client.networkSecurityPerimeterLinkReferences.list(group, name)).then(listed => linksIn(listed, 'incoming')),
    ]);
    return known(read.flatMap(({ value }) => value), read.flatMap(({ sources }) => sources));
  },
};

function linksIn(listed: Known<unknown[]>, direction: PerimeterLink['direction']): Known<PerimeterLink[]> {
  const found = elements(LinkOnWire, listed).map(({ name, properties: { autoApprovedRemotePerimeterResourceId, remotePerimeterResourceId, ...rest } }): PerimeterLink => ({
    name,
    direction,
    remotePerimeterId: remotePerimeterResourceId ?? autoApprovedRemotePerimeterResourceId,
    ...rest,
  }));
  return known(found, listed.sources);
}

const LoggingOnWire = z.object({ properties: z.object({ enabledLogCategories: list(z.string()) }) });

/** The log categories a perimeter emits, by perimeter id. */
export const logCategories: Collector<string, string[]> = {
  name: 'logging configuration',
  actions: [action('loggingConfigurations')],
  async read(arm, perimeterId) {
    const listed = await under(arm, perimeterId, (client, group, name) => client.networkSecurityPerimeterLoggingConfigurations.list(group, name));
    return known(elements(LoggingOnWire, listed).flatMap(({ properties }) => properties.enabledLogCategories), listed.sources);
  },
};
