import { manualControl } from '../core/control.ts';

export const ssoRequired = manualControl({
  id: 'sso-required',
  title: 'People reach applications and tools over Cosmos DB data by single sign-on with Entra ID.',
  severity: 'medium',
  rationale: 'A password of its own for each tool escapes every policy of the central directory: it has no second factor, and it still works when its owner has left.',
  remediation: {
    text: 'Register the application in Entra ID, let it sign people in there (OpenID Connect or SAML), require assignment, and delete its local users. Replace connection strings in desktop tools by sign-in with a data-plane role.',
  },
  references: ['https://learn.microsoft.com/entra/identity/enterprise-apps/what-is-single-sign-on', 'https://learn.microsoft.com/azure/cosmos-db/how-to-connect-role-based-access-control'],
  requirements: ['ASB IM-3'],
  procedure: [
    'List the applications and tools by which people see or change data in Cosmos DB: business applications, the Data Explorer, desktop tools, notebooks, reporting.',
    'For each, sign in as a normal user in a private browser window. It must lead to the Entra ID sign-in page; a form of its own, a connection string or a key is a miss.',
    'In Entra ID, Enterprise applications, open each one: assignment must be required, and people assigned by groups that are reviewed.',
    'Ask each owner for local users, service passwords and break-glass access. What remains needs a reason, a vault and an owner.',
    'Record the list with the result of each. Attest when no way is left that passes Entra ID by.',
  ],
});
