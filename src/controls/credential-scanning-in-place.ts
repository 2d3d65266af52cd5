import { manualControl } from '../core/control.ts';

export const credentialScanningInPlace = manualControl({
  id: 'credential-scanning-in-place',
  title: 'Repositories, pipelines and images are scanned for Cosmos DB keys and connection strings, and a find is rotated.',
  severity: 'high',
  rationale: 'An account key in a repository is the whole account for everybody who can read the repository, for as long as the key lives, whatever its identities are allowed.',
  remediation: {
    text: 'Enable secret scanning with push protection on every repository, scan pipeline logs and container images, move what is found to Key Vault or replace it by a managed identity, and regenerate the key: deleting the line leaves it in the history.',
  },
  references: [
    'https://learn.microsoft.com/azure/devops/repos/security/configure-github-advanced-security-features',
    'https://docs.github.com/code-security/secret-scanning/introduction/about-secret-scanning',
    'https://learn.microsoft.com/azure/cosmos-db/how-to-rotate-keys',
  ],
  requirements: ['ASB IM-7'],
  procedure: [
    'List the organisations in GitHub and Azure DevOps, and other places that hold code or configuration of applications with Cosmos DB.',
    'In each, check that secret scanning and push protection are on by default for new repositories and on for all existing ones. The security overview shows the share.',
    'In a test repository, try to push a made-up connection string: `AccountEndpoint=https://example.documents.azure.com:443/;AccountKey=` followed by 86 random base64 characters and `==`. The push must be refused, or an alert appear.',
    'Search pipeline variables, application settings and container images for `AccountKey=`. What is there must be a reference to Key Vault.',
    'Open the alerts of type Azure Cosmos DB key. Each must be closed as revoked, with the time of the rotation; the finding keys-rotated shows when keys were made.',
    'Record coverage, the refused push and the open alerts. Attest when coverage is complete and no alert is open.',
  ],
});
