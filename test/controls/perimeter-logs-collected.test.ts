import { expect, test } from 'vitest';
import { perimeterLogsCollected } from '../../src/controls/perimeter-logs-collected.ts';
import { diagnosticSetting, workspaceId } from '../support/builders.ts';
import { specify } from '../support/specify.ts';

const inbound = ['NspPublicInboundPerimeterRulesAllowed', 'NspPublicInboundPerimeterRulesDenied', 'NspPublicInboundResourceRulesAllowed', 'NspPublicInboundResourceRulesDenied'];
const outbound = inbound.map(category => category.replace('Inbound', 'Outbound'));
const some = (categories: string[], differences = {}) => diagnosticSetting({ categories, categoryGroups: [], ...differences });
const allowed = { allowedWorkspaces: [workspaceId] };

specify(perimeterLogsCollected, {
  passes: [
    { when: 'everything goes to a workspace', given: { diagnosticSettings: [diagnosticSetting()] }, observing: { allLogs: true, workspaces: [workspaceId] } },
    {
      when: 'every required category does, by two settings together',
      given: { diagnosticSettings: [some(inbound), some(outbound.map(category => category.toLowerCase()))] },
      observing: { allLogs: false, notSent: [] },
    },
    { when: 'the workspace is an allowed one', given: { diagnosticSettings: [diagnosticSetting({ workspaceId: workspaceId.toUpperCase() })] }, organisation: allowed },
    {
      when: 'only the required category goes there',
      given: { diagnosticSettings: [some(['NspIntraPerimeterInboundAllowed'])] },
      parameters: { categories: ['NspIntraPerimeterInboundAllowed'] },
    },
    {
      when: 'there is a logging configuration that holds the required categories',
      given: { logCategories: [...inbound, ...outbound, 'NspOutboundAttempt'], diagnosticSettings: [diagnosticSetting()] },
    },
    {
      when: 'there is no logging configuration',
      given: { logCategories: [], diagnosticSettings: [diagnosticSetting({ categoryGroups: ['ALLLOGS'] })] },
      observing: { notEmitted: [], loggingConfiguration: [] },
    },
  ],
  fails: [
    { when: 'there are no diagnostic settings', given: { diagnosticSettings: [] }, says: "No diagnostic setting sends the perimeter's logs to a Log Analytics workspace." },
    { when: 'everything goes to storage only', given: { diagnosticSettings: [diagnosticSetting({ workspaceId: null })] }, says: 'No diagnostic setting' },
    {
      when: 'everything goes to a workspace that is not allowed',
      given: { diagnosticSettings: [diagnosticSetting({ workspaceId: `${workspaceId}-dev` })] },
      organisation: allowed,
      says: 'go to no allowed workspace, only to security-dev.',
    },
    {
      when: 'the rest of the categories goes elsewhere',
      given: { diagnosticSettings: [some(inbound), some(outbound, { workspaceId: `${workspaceId}-dev` })] },
      organisation: allowed,
      says: 'do not reach a workspace: NspPublicOutboundPerimeterRulesAllowed',
      observing: { notSent: outbound },
    },
    {
      when: 'a category is missing',
      given: { diagnosticSettings: [some([...inbound, ...outbound.slice(1)])] },
      says: 'do not reach a workspace: NspPublicOutboundPerimeterRulesAllowed.',
    },
    { when: 'a setting sends nothing', given: { diagnosticSettings: [some([])] }, says: 'and 3 more' },
    { when: 'only the group audit is sent', given: { diagnosticSettings: [diagnosticSetting({ categoryGroups: ['audit'] })] }, says: 'do not reach a workspace' },
    {
      when: 'the logging configuration leaves a category out',
      given: { logCategories: [...inbound, ...outbound.slice(1)], diagnosticSettings: [diagnosticSetting()] },
      says: 'logging configuration leaves out NspPublicOutboundPerimeterRulesAllowed.',
    },
  ],
});

test('the required categories cannot be emptied', () => {
  expect(perimeterLogsCollected.parameters.safeParse({ categories: [] }).success).toBe(false);
});
