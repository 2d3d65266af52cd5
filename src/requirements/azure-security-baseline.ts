import { controls, type Document, type Requirement } from './requirement.ts';

function row(number: string, title: string, ...ids: readonly string[]): Requirement {
  return { id: `ASB ${number}`, source: 'ASB', title, responsibility: 'customer', answers: controls(...ids) };
}

/** The document speaks of Azure Active Directory and Azure Security Center: Microsoft Entra ID and Defender for Cloud today. */
export const azureSecurityBaseline: Document = {
  source: 'ASB',
  title: 'Azure Security Baseline for Cosmos DB',
  link: 'https://learn.microsoft.com/security/benchmark/azure/baselines/azure-cosmos-db-security-baseline',
  date: '2021-01-27',
  responsibilities: 'The document names the customer in every row.',
  requirements: [
    row('IM-1', 'Identities come from Microsoft Entra ID, the one central directory.', 'data-plane-roles-assigned', 'local-auth-disabled', 'mongo-cluster-entra-id-allowed'),
    row('IM-2', 'Applications sign in with managed identities rather than credentials in code or configuration.', 'data-plane-roles-assigned', 'managed-identity-assigned'),
    row('IM-3', 'People reach applications through single sign-on.', 'sso-required'),
    row('IM-4', 'Strong authentication protects every sign-in, administrators first: multifactor or passwordless.', 'mfa-required'),
    row('IM-5', 'Sign-ins, directory changes and account anomalies are monitored and raise alerts.', 'control-plane-logs-collected', 'defender-for-cosmos-db-enabled', 'identity-logs-collected'),
    row('IM-6', 'Access depends on conditions such as place, device and risk.', 'conditional-access-in-place'),
    row('IM-7', 'No credential leaks: code is scanned for secrets, and keys are replaced or not accepted at all.', 'credential-scanning-in-place', 'keys-rotated', 'local-auth-disabled'),
    row('IM-8', 'Legacy applications have modern access control and their sessions are monitored.', 'legacy-access-governed'),
    row(
      'NS-1',
      'The account is isolated on the network by a firewall, virtual networks or security groups, and traffic on these networks is logged.',
      'bypass-resources-trusted',
      'exposure-not-latent',
      'exposure-not-public',
      'firewall-no-azure-datacenters',
      'firewall-no-internet-range',
      'firewall-portal-addresses',
      'firewall-ranges-approved',
      'firewall-ranges-narrow',
      'flow-logs-enabled',
      'mongo-cluster-network-restricted',
      'subnets-have-nsg',
      'trusted-services-bypass-off',
      'virtual-network-rules-effective',
    ),
    row('NS-2', 'Networks are connected privately: ExpressRoute, VPN, peering, Private Link.', 'private-endpoint-approved', 'private-networks-connected'),
    row(
      'NS-3',
      'Clients reach the account privately, through private endpoints or service endpoints.',
      'private-dns-zone-linked',
      'private-endpoint-approved',
      'private-endpoint-covers-api',
      'private-endpoint-no-stale-requests',
      'private-endpoints-trusted',
      'virtual-network-rules-effective',
    ),
    row(
      'NS-4',
      'Attacks from outside are fended off: firewall, web application firewall, DDoS protection, posture management.',
      'cors-no-wildcard',
      'ddos-protection-enabled',
      'defender-for-cosmos-db-enabled',
      'edge-protection-in-place',
      'exposure-not-public',
      'throughput-capped',
    ),
    row('NS-5', 'Intrusions are detected and stopped: threat intelligence on the network, threat detection on the account.', 'defender-for-cosmos-db-enabled', 'firewall-threat-intelligence'),
    row('NS-6', 'Network rules stay simple: service tags and application security groups in place of addresses.', 'nsg-rules-use-service-tags'),
    row('NS-7', 'DNS is protected against dangling records and unwanted changes.', 'private-dns-records-current', 'private-dns-zone-linked', 'private-dns-zone-locked'),
  ],
};
