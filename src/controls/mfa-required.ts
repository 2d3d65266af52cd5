import { manualControl } from '../core/control.ts';

export const mfaRequired = manualControl({
  id: 'mfa-required',
  title: 'Everybody who manages accounts or reads data signs in with multi-factor authentication; administrators with a phishing-resistant method.',
  severity: 'high',
  rationale: 'A password can be guessed, reused or phished. Whoever signs in as an owner of the subscription can read every key and open every firewall.',
  remediation: {
    text: 'Require MFA by conditional access for everybody and a phishing-resistant authentication strength (passkey, Windows Hello for Business, certificate) for administrative roles, block legacy authentication, and keep two monitored break-glass accounts.',
  },
  references: [
    'https://learn.microsoft.com/entra/identity/conditional-access/policy-all-users-mfa-strength',
    'https://learn.microsoft.com/entra/identity/conditional-access/policy-admin-phish-resistant-mfa',
    'https://learn.microsoft.com/azure/azure-monitor/reference/tables/signinlogs',
  ],
  requirements: ['ASB IM-4'],
  procedure: [
    'In Entra ID, Conditional Access, find the policy that requires MFA for all users and all resources, and the one that requires phishing-resistant MFA for administrative roles. Both must be On, not report-only.',
    'Open the excluded users and groups of both. Only the break-glass accounts belong there, and their sign-ins must raise an alert.',
    'In Authentication methods, User registration details, filter for users with an administrative role: every one must be capable of MFA.',
    `Look for sign-ins to Azure management with one factor; the result must be empty:
SigninLogs
| where TimeGenerated > ago(30d) and ResultType == "0"
| where ResourceIdentity == "797f4846-ba00-4fd7-ba43-dac1f8f63013"
| where AuthenticationRequirement == "singleFactorAuthentication"
| summarize signIns = count(), latest = max(TimeGenerated) by UserPrincipalName, AppDisplayName`,
    'Record the names of the policies, the excluded accounts and the result of the query. Attest when all four are in order.',
  ],
});
