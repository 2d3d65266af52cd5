import { controls, rows, type Answer, type Document, type Requirement, type Responsibility } from './requirement.ts';

function row(id: string, responsibility: Responsibility, title: string, ...answers: readonly Answer[]): Requirement {
  return { id: `SEC ${id}`, source: 'SEC', title, responsibility, answers };
}

/** Items 14 to 16 stand apart in the document, as too obvious to list and still worth a reminder. */
const checklist: readonly Requirement[] = [
  row('checklist-1', 'shared', 'Network security and a firewall.', ...rows('SEC network-security')),
  row(
    'checklist-2',
    'shared',
    'Users are authenticated and their rights fine-grained.',
    ...rows('SEC active-directory-integration', 'SEC authorization', 'SEC users-and-permissions'),
  ),
  row('checklist-3', 'customer', 'Data can be replicated around the world for the failure of a region.', ...rows('SEC global-replication')),
  row('checklist-4', 'shared', 'Service can fail over to another datacenter.', ...rows('SEC regional-failovers')),
  row('checklist-5', 'shared', 'Data is replicated within a datacenter.', ...rows('SEC local-replication')),
  row('checklist-6', 'shared', 'Backups are automatic.', ...rows('SEC automated-online-backups')),
  row('checklist-7', 'shared', 'Deleted data can be restored from backups.', ...rows('SEC restore-deleted-data')),
  row('checklist-8', 'shared', 'Sensitive data can be protected and kept apart.', ...rows('SEC encryption-at-rest', 'SEC protect-and-isolate-sensitive-data')),
  row('checklist-9', 'shared', 'Attacks are watched for.', ...rows('SEC monitor-for-attacks')),
  row('checklist-10', 'shared', 'Attacks are responded to.', ...rows('SEC respond-to-attacks')),
  row('checklist-11', 'shared', 'Data can be kept to places that governance allows.', ...rows('SEC geo-fencing')),
  row('checklist-12', 'microsoft', 'Servers stand in physically protected datacenters.', ...rows('SEC protected-facilities')),
  row('checklist-13', 'microsoft', 'The service is certified.', ...rows('SEC certifications')),
  row('checklist-14', 'microsoft', 'Servers are patched.', ...rows('SEC patched-servers')),
  row('checklist-15', 'shared', 'Connections are encrypted by default.', ...rows('SEC https-tls')),
  row('checklist-16', 'microsoft', 'Administrative accounts have strong passwords.', ...rows('SEC administrative-accounts')),
];

export const securityConsiderations: Document = {
  source: 'SEC',
  title: 'Security considerations in Azure Cosmos DB',
  link: 'https://learn.microsoft.com/azure/cosmos-db/security-considerations',
  date: '2024-10-02',
  responsibilities: 'The document speaks of a responsibility that Microsoft and the customer share, and says for each row what the platform does; whose part remains is our reading.',
  requirements: [
    row('active-directory-integration', 'customer', 'Rights to manage the account are granted by role.', ...controls('control-plane-roles-least-privilege')),
    row('administrative-accounts', 'microsoft', 'No administrative account goes without a password.', {
      microsoft: 'An account has no administrator password to choose or leave out: its keys are generated and cannot be empty.',
    }),
    row(
      'authorization',
      'shared',
      "Every request proves who it is from: by a key's signature, or better by an Entra ID identity.",
      ...controls('cassandra-cluster-authentication-on', 'keys-rotated', 'keys-unused', 'local-auth-disabled', 'read-only-keys-rotated'),
    ),
    row('automated-online-backups', 'shared', 'Backups run by themselves, are kept long enough and outlive a region.', ...controls('backup-geo-redundant', 'backup-retention-sufficient')),
    row('certifications', 'microsoft', 'The service carries security and data protection certificates.', { microsoft: 'Microsoft has the platform audited and publishes the certificates.' }),
    ...checklist,
    row(
      'encryption-at-rest',
      'shared',
      'Stored data is encrypted.',
      { microsoft: 'The service encrypts all stored data with its own keys; that cannot be turned off.' },
      ...controls('customer-managed-key-healthy', 'customer-managed-key-used'),
    ),
    row('geo-fencing', 'shared', 'Data stays in regions that governance allows.', ...controls('regions-allowed')),
    row('global-replication', 'customer', 'Data is replicated to more than one region.', ...controls('multiple-regions')),
    row('https-tls', 'shared', 'Connections use TLS, of a version that the account enforces.', ...controls('minimum-tls-1-2')),
    row(
      'local-replication',
      'shared',
      'Data is replicated within its region.',
      { microsoft: 'The service keeps four replicas of all data in every region.' },
      ...controls('mongo-cluster-highly-available', 'zone-redundant'),
    ),
    row(
      'monitor-for-attacks',
      'shared',
      'Audit and activity logs tell normal activity from attacks.',
      ...controls('cluster-logs-collected', 'control-plane-logs-collected', 'data-plane-logs-collected', 'defender-for-cosmos-db-enabled', 'query-text-not-logged'),
    ),
    row(
      'network-security',
      'shared',
      'A firewall admits approved machines and services only; rules name service tags rather than addresses.',
      ...controls(
        'exposure-not-public',
        'firewall-no-azure-datacenters',
        'firewall-no-internet-range',
        'firewall-portal-addresses',
        'firewall-ranges-approved',
        'firewall-ranges-narrow',
        'mongo-cluster-network-restricted',
        'nsg-rules-use-service-tags',
      ),
    ),
    row('patched-servers', 'microsoft', 'Servers are kept up to date.', { microsoft: 'The service is managed: Microsoft patches the servers, and customers have no access to them.' }),
    row(
      'protect-and-isolate-sensitive-data',
      'shared',
      'Sensitive data is marked, kept apart and open to the few who need it.',
      ...controls('classification-tag-present', 'customer-managed-key-used', 'data-plane-roles-least-privilege'),
    ),
    row('protected-facilities', 'microsoft', 'Data lies in protected datacenters.', { microsoft: 'Microsoft runs and guards the datacenters.' }),
    row('regional-failovers', 'shared', 'Another region takes over by itself, in an order that was decided beforehand.', ...controls('failover-priorities-complete', 'service-managed-failover')),
    row('respond-to-attacks', 'shared', 'An attack sets off a rehearsed response.', ...controls('incident-process-rehearsed', 'key-operations-alerted')),
    row('restore-deleted-data', 'shared', 'Data deleted by mistake can be restored.', ...controls('continuous-backup', 'delete-lock-present')),
    row(
      'users-and-permissions',
      'customer',
      'Users and resource tokens get the least rights on the data they need.',
      ...controls('data-plane-roles-least-privilege', 'key-metadata-writes-disabled', 'mongo-users-least-privilege', 'resource-tokens-scoped'),
    ),
  ],
};
