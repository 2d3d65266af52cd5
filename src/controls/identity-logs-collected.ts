import { manualControl } from '../core/control.ts';

export const identityLogsCollected = manualControl({
  id: 'identity-logs-collected',
  title: 'Sign-in, audit and risk logs of Entra ID reach a workspace, and alerts on anomalies reach somebody.',
  severity: 'medium',
  rationale: 'Where keys are off, every access to data begins with a token from Entra ID. Its logs are the only place where a stolen identity shows, and Entra ID itself keeps them for a month at most.',
  remediation: {
    text: 'Add a diagnostic setting to Entra ID that sends the categories to the workspace, connect Entra ID Protection to the SIEM, and write alert rules with an owner for risky sign-ins, new credentials of applications and role assignments.',
  },
  references: ['https://learn.microsoft.com/entra/identity/monitoring-health/howto-integrate-activity-logs-with-azure-monitor-logs', 'https://learn.microsoft.com/entra/id-protection/overview-identity-protection'],
  requirements: ['ASB IM-5'],
  procedure: [
    'In Entra ID, Diagnostic settings, check that SignInLogs, NonInteractiveUserSignInLogs, ServicePrincipalSignInLogs, ManagedIdentitySignInLogs, AuditLogs, RiskyUsers and UserRiskEvents go to a workspace that keeps them as long as your policy asks.',
    `Check that rows arrive; each table must have rows of today:
union withsource = Table SigninLogs, AADNonInteractiveUserSignInLogs, AADServicePrincipalSignInLogs, AADManagedIdentitySignInLogs, AuditLogs
| where TimeGenerated > ago(2d)
| summarize rows = count(), latest = max(TimeGenerated) by Table`,
    'List the alert rules on these tables and on Entra ID Protection: risky sign-in, impossible travel, new secret or certificate of an application, assignment of a privileged role. Each needs a receiver.',
    'Take one alert of the last quarter and follow it to its end: who saw it, when, what was done. With none, trigger one with a test account.',
    "Record the setting, the query's result and the alert that was followed. Attest when logs arrive and alerts are dealt with.",
  ],
});
