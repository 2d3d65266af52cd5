import { z } from 'zod';
import { control, fail, pass } from '../core/control.ts';
import { nameOf, sameId } from '../core/resource-id.ts';
import { cut, listed } from './support.ts';

/** Every decision about public traffic. One that does not occur in an access mode costs nothing to collect. */
const publicTraffic = [
  'NspPublicInboundPerimeterRulesAllowed',
  'NspPublicInboundPerimeterRulesDenied',
  'NspPublicInboundResourceRulesAllowed',
  'NspPublicInboundResourceRulesDenied',
  'NspPublicOutboundPerimeterRulesAllowed',
  'NspPublicOutboundPerimeterRulesDenied',
  'NspPublicOutboundResourceRulesAllowed',
  'NspPublicOutboundResourceRulesDenied',
];

/**
 * A category is collected when some diagnostic setting sends it to a workspace that counts, by name or by the group
 * `allLogs`. What the group `audit` holds for perimeters is not documented, so it counts for nothing. A logging
 * configuration is optional: where there is none (no categories), diagnostic settings alone decide; where there is
 * one, the perimeter emits only what it lists.
 */
export const perimeterLogsCollected = control({
  id: 'perimeter-logs-collected',
  scope: 'perimeter',
  title: "The perimeter's access logs reach a Log Analytics workspace that the organisation allows.",
  severity: 'medium',
  rationale:
    'The access logs are the only record of who came in, what was denied and where resources connected to. They tell what Enforced mode would break before it does, and what happened after an incident.',
  remediation: {
    text: 'Add a diagnostic setting to the perimeter that sends all logs to the workspace. Where the perimeter has a logging configuration, add the missing categories to it or delete it.',
    cli: "az monitor diagnostic-settings create --name access-logs --resource <perimeter-id> --workspace <workspace-id> --logs '[{\"categoryGroup\":\"allLogs\",\"enabled\":true}]'",
    bicep: "resource accessLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {\n  name: 'access-logs'\n  scope: perimeter\n  properties: {\n    workspaceId: workspace.id\n    logs: [\n      {\n        categoryGroup: 'allLogs'\n        enabled: true\n      }\n    ]\n  }\n}",
  },
  references: ['https://learn.microsoft.com/azure/private-link/network-security-perimeter-diagnostic-logs'],
  requirements: ['NSP 11'],
  parameters: z.object({
    categories: z.array(z.string().min(1)).min(1).default(publicTraffic).describe('Log categories that must reach a workspace.'),
  }),
  needs: ['logCategories', 'diagnosticSettings'],
  evaluate({ logCategories, diagnosticSettings }, { parameters: { categories }, organisation: { allowedWorkspaces } }) {
    const workspaces = diagnosticSettings.flatMap(({ workspaceId }) => workspaceId ?? []);
    const counted = diagnosticSettings.filter(({ workspaceId }) => workspaceId !== null && (allowedWorkspaces.length === 0 || includes(allowedWorkspaces, workspaceId)));
    const allLogs = counted.some(({ categoryGroups }) => includes(categoryGroups, 'allLogs'));
    const sent = counted.flatMap(setting => setting.categories);
    const notSent = allLogs ? [] : categories.filter(category => !includes(sent, category));
    const notEmitted = logCategories.length === 0 ? [] : categories.filter(category => !includes(logCategories, category));
    const observed = { workspaces: cut(workspaces), allLogs, notSent: cut(notSent), notEmitted: cut(notEmitted), loggingConfiguration: cut(logCategories) };
    if (workspaces.length === 0) return fail("No diagnostic setting sends the perimeter's logs to a Log Analytics workspace.", observed);
    if (counted.length === 0) return fail(`The perimeter's logs go to no allowed workspace, only to ${listed(workspaces.map(nameOf))}.`, observed);
    if (notSent.length > 0) return fail(`Log categories do not reach a workspace: ${listed(notSent)}.`, observed);
    if (notEmitted.length > 0) return fail(`The perimeter's logging configuration leaves out ${listed(notEmitted)}.`, observed);
    return pass(observed);
  },
});

function includes(list: readonly string[], value: string): boolean {
  return list.some(other => sameId(other, value));
}
