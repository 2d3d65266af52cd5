import { manualControl } from '../core/control.ts';

export const incidentProcessRehearsed = manualControl({
  id: 'incident-process-rehearsed',
  title: 'The response to an attack on an account is written down and was rehearsed in the last year.',
  severity: 'medium',
  rationale:
    "Microsoft answers for the platform and acts once somebody reports the attack. Closing the network, rotating keys without stopping applications and restoring data is the customer's part, and nobody does it well for the first time at night.",
  remediation: {
    text: 'Write a runbook with roles, contacts and the commands for each step, keep it where it can be read when Azure cannot, and rehearse it on an account of its own once a year and after changes of people.',
  },
  references: [
    'https://learn.microsoft.com/azure/security/fundamentals/shared-responsibility',
    'https://learn.microsoft.com/azure/cosmos-db/how-to-rotate-keys',
    'https://learn.microsoft.com/azure/cosmos-db/restore-account-continuous-backup',
    'https://learn.microsoft.com/security/operations/incident-response-overview',
  ],
  requirements: ['SEC respond-to-attacks'],
  procedure: [
    'Open the runbook. It must name who decides, who acts and who informs, with telephone numbers, and how to report to Microsoft: a support request of severity A, and the security contact of the tenant.',
    'On an account made for it, isolate: set publicNetworkAccess to Disabled, or the perimeter association to Enforced with no inbound rule, and see that a client is refused.',
    'Cut off identities: delete a data-plane role assignment, and regenerate keys in the order secondary, clients, primary (`az cosmosdb keys regenerate`). Measure how long the application was down.',
    'Find out what happened: who did what in CDBDataPlaneRequests and CDBControlPlaneRequests of the last day, and whether the logs reach back far enough.',
    'Restore a container to a point before the attack (`az cosmosdb sql container restore` or a new account), compare it, and write down how long it took.',
    'Put the account back, write down what went wrong, and change the runbook. Attest with the date of the rehearsal and the record of it.',
  ],
});
