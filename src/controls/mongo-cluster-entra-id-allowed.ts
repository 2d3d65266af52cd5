import { control, fail, notApplicable, pass } from '../core/control.ts';

/** Native authentication may be on as well: Azure wants it when a cluster is made. */
export const mongoClusterEntraIdAllowed = control({
  id: 'mongo-cluster-entra-id-allowed',
  scope: 'cluster',
  title: 'Clients can sign in to the MongoDB cluster with Microsoft Entra ID.',
  severity: 'high',
  rationale:
    'With native authentication alone every application holds a password, which names no person and no machine, and which no conditional access guards. Entra ID has to be allowed before anybody can stop using passwords.',
  remediation: {
    text: 'Add MicrosoftEntraID to the allowed authentication modes, create users for identities, and remove NativeAuth when no client needs it any more.',
    cli: "az resource update --ids <cluster-id> --api-version 2025-09-01 --set properties.authConfig.allowedModes=\"['MicrosoftEntraID','NativeAuth']\"",
    bicep: "properties: {\n  authConfig: {\n    allowedModes: [\n      'MicrosoftEntraID'\n      'NativeAuth'\n    ]\n  }\n}",
  },
  references: ['https://learn.microsoft.com/azure/cosmos-db/mongodb/vcore/how-to-configure-entra-authentication'],
  requirements: ['ASB IM-1'],
  notApplicableWhen: 'the cluster is one of Managed Instance for Apache Cassandra, which knows no Entra ID identities',
  needs: ['cluster'],
  evaluate({ cluster }) {
    if (cluster.kind !== 'mongo') return notApplicable('A Cassandra cluster knows no Entra ID identities.', { kind: cluster.kind });
    const { allowedAuthModes } = cluster;
    if (allowedAuthModes === null) throw new Error('Azure left out authConfig.allowedModes, which tells how clients may sign in.');
    const observed = { allowedAuthModes };
    if (allowedAuthModes.some(mode => mode.toLowerCase() === 'microsoftentraid')) return pass(observed);
    return fail(`Clients cannot sign in with Microsoft Entra ID: only ${allowedAuthModes.join(', ') || 'nothing'} is allowed.`, observed);
  },
});
