import { z } from 'zod';
import { known } from '../core/fact.ts';
import type { PerimeterConfiguration } from '../core/perimeter.ts';
import type { Collector } from './collector.ts';
import { absent, elements, list, Mode, ProvisioningState, Rule, Version } from './schema.ts';

/** Only preview versions have the operation; no SDK client does. */
const apiVersion = '2026-04-01-preview';

/** An account's own view of a perimeter. The profile carries the rules: without it they are not known. */
const ConfigurationOnWire = z
  .object({
    name: z.string(),
    properties: z.object({
      provisioningState: ProvisioningState,
      provisioningIssues: list(z.object({ name: absent(z.string(), 'issue'), properties: absent(z.object({ issueType: absent(z.string(), ''), severity: absent(z.string(), ''), description: absent(z.string(), '') }), null) })),
      networkSecurityPerimeter: z.object({ id: z.string(), perimeterGuid: absent(z.string(), null) }),
      resourceAssociation: z.object({ name: absent(z.string(), ''), accessMode: Mode }),
      profile: z.object({ name: z.string(), accessRulesVersion: Version, accessRules: z.array(Rule) }),
    }),
  })
  .transform(({ name, properties: { provisioningState, provisioningIssues, networkSecurityPerimeter, resourceAssociation, profile } }): PerimeterConfiguration => ({
    name,
    perimeterId: networkSecurityPerimeter.id,
    perimeterGuid: networkSecurityPerimeter.perimeterGuid,
    associationName: resourceAssociation.name,
    side: {
      accessMode: resourceAssociation.accessMode,
      profile: profile.name,
      accessRulesVersion: profile.accessRulesVersion,
      rules: profile.accessRules,
      provisioningState,
      issues: provisioningIssues.map(({ name: issue, properties }) => (properties === null ? issue : [properties.severity, properties.issueType, properties.description].filter(Boolean).join(', '))),
    },
  }));

/**
 * The perimeter configurations of an account, by account id. An empty list proves that there is no association: the
 * account itself is asked.
 */
export const perimeterConfigurations: Collector<string, PerimeterConfiguration[]> = {
  name: 'perimeter configurations',
  actions: ['Microsoft.DocumentDB/databaseAccounts/networkSecurityPerimeterConfigurations/read'],
  async read(arm, accountId) {
    const listed = await arm.list(`${accountId}/networkSecurityPerimeterConfigurations`, apiVersion);
    return known(elements(ConfigurationOnWire, listed), listed.sources);
  },
};
