import type { TokenCredential } from '@azure/core-auth';
import { DefaultAzureCredential, ManagedIdentityCredential } from '@azure/identity';
import type { Cloud, Environment } from './clouds.ts';

/**
 * Managed identity where the platform offers one (`IDENTITY_ENDPOINT`: App Service, Functions, Container Apps, Arc),
 * user-assigned when `AZURE_CLIENT_ID` names it. In a terminal whatever DefaultAzureCredential finds: environment,
 * Azure CLI, Azure PowerShell, Azure Developer CLI. The identity library itself reads `process.env`.
 */
export function credentialFor(cloud: Cloud, environment: Environment): TokenCredential {
  const clientId = environment['AZURE_CLIENT_ID'];
  if (environment['IDENTITY_ENDPOINT']) return clientId ? new ManagedIdentityCredential({ clientId }) : new ManagedIdentityCredential();
  return new DefaultAzureCredential(cloud.authorityHost === null ? {} : { authorityHost: cloud.authorityHost });
}
