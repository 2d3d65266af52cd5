import { expect, test } from 'vitest';
import { controlPlaneLogsCollected } from '../../src/controls/control-plane-logs-collected.ts';
import { diagnosticSetting, workspaceId } from '../support/builders.ts';
import { specify } from '../support/specify.ts';

const sends = (...categories: string[]) => diagnosticSetting({ categories, categoryGroups: [] });
const own = [sends('ControlPlaneRequests')];
const activityLog = [sends('Administrative')];
const elsewhere = { workspaceId: `${workspaceId}-dev` };

specify(controlPlaneLogsCollected, {
  passes: [
    { when: 'both logs go to a workspace', given: { diagnosticSettings: own, activityLogSettings: activityLog }, observing: { account: { workspaces: [workspaceId], groups: [], missing: [] } } },
    { when: 'the account sends all audit logs', given: { diagnosticSettings: [diagnosticSetting({ categoryGroups: ['audit'] })], activityLogSettings: activityLog } },
    { when: 'they go to workspaces of their own', given: { diagnosticSettings: own, activityLogSettings: [diagnosticSetting({ ...elsewhere, categories: ['administrative'] })] } },
    { when: 'the organisation asks for other entries, which are sent', given: { activityLogSettings: [sends('Security'), sends('Policy')] }, parameters: { activityLogCategories: ['Security', 'Policy'] } },
  ],
  fails: [
    { when: 'the account sends nothing', given: { diagnosticSettings: [] }, says: "No diagnostic setting sends the account's control plane logs to a Log Analytics workspace." },
    { when: 'the subscription sends nothing', given: { activityLogSettings: [] }, says: "No diagnostic setting sends the entries of the subscription's activity log to a Log Analytics workspace." },
    { when: 'neither does', given: { diagnosticSettings: [], activityLogSettings: [] }, says: 'workspace. No diagnostic setting' },
    { when: 'the account sends its requests only', given: { diagnosticSettings: [sends('DataPlaneRequests')] }, says: 'ControlPlaneRequests' },
    { when: 'the activity log is archived in storage', given: { activityLogSettings: [diagnosticSetting({ workspaceId: null, categories: ['Administrative'] })] }, says: 'activity log' },
    { when: 'only security entries of the activity log are sent', given: { activityLogSettings: [sends('Security')] }, says: 'Administrative' },
    { when: 'the activity log sends a group it does not have', given: { activityLogSettings: [diagnosticSetting({ categoryGroups: ['audit'] })] }, says: 'Administrative' },
    {
      when: 'the activity log goes to a workspace that is not allowed',
      given: { activityLogSettings: [diagnosticSetting({ ...elsewhere, categories: ['Administrative'] })] },
      organisation: { allowedWorkspaces: [workspaceId] },
      says: "The entries of the subscription's activity log go to no allowed workspace, only to security-dev.",
    },
  ],
});

test('the categories of the activity log cannot be emptied', () => {
  expect(controlPlaneLogsCollected.parameters.safeParse({ activityLogCategories: [] }).success).toBe(false);
});
