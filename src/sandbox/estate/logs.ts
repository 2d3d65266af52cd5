import type { Resource } from './estate.ts';

export interface DiagnosticSpec {
  readonly name: string;
  /** Absent: logs go to a storage account only. */
  readonly workspaceId?: string;
  readonly storageAccountId?: string;
  readonly categories?: readonly string[];
  readonly categoryGroups?: readonly string[];
}

/** A diagnostic setting of a resource. `workspaceId` is an empty string where there is none, as in documented payloads. */
export function diagnosticSetting(resourceId: string, { name, workspaceId = '', storageAccountId, categories = [], categoryGroups = [] }: DiagnosticSpec): Resource {
  const retentionPolicy = { enabled: false, days: 0 };
  return {
    id: `${resourceId.replace('/resourceGroups/', '/resourcegroups/')}/providers/microsoft.insights/diagnosticSettings/${name}`,
    name,
    type: 'Microsoft.Insights/diagnosticSettings',
    properties: {
      workspaceId,
      ...(storageAccountId && { storageAccountId }),
      ...(workspaceId && { logAnalyticsDestinationType: 'Dedicated' }),
      logs: [
        ...categories.map(category => ({ category, enabled: true, retentionPolicy })),
        ...categoryGroups.map(categoryGroup => ({ categoryGroup, enabled: true, retentionPolicy })),
      ],
      metrics: [],
    },
  };
}

/** Log categories of a network security perimeter. */
export const perimeterCategories = [
  'NspPublicInboundPerimeterRulesAllowed',
  'NspPublicInboundPerimeterRulesDenied',
  'NspPublicOutboundPerimeterRulesAllowed',
  'NspPublicOutboundPerimeterRulesDenied',
  'NspPublicInboundResourceRulesAllowed',
  'NspPublicInboundResourceRulesDenied',
  'NspPublicOutboundResourceRulesAllowed',
  'NspPublicOutboundResourceRulesDenied',
  'NspIntraPerimeterInboundAllowed',
  'NspCrossPerimeterInboundAllowed',
  'NspCrossPerimeterOutboundAllowed',
  'NspOutboundAttempt',
  'NspPrivateInboundAllowed',
] as const;
