import { randomUUID } from 'node:crypto';
import tls from 'node:tls';
import type { TokenCredential } from '@azure/core-auth';
import { inject } from 'vitest';
import type { AzuriteAddress } from './azurite-setup.ts';

/** Azurite, the real storage emulator, over HTTPS, for identities. */
export interface Azurite {
  /** Address of the blob service, with the account in its path. */
  readonly blob: string;
  /** Address of the queue service. */
  readonly queue: string;
  readonly credential: TokenCredential;
  /** What clients in other processes must trust, PEM. */
  readonly authority: string;
}

/** The scope of a token that Azurite accepts. */
export const storageScope = 'https://storage.azure.com/.default';

let address: Promise<AzuriteAddress> | null = null;

/** Starts Azurite where no test of this run has done so yet. It needs no stopping. */
export async function azurite(): Promise<Azurite> {
  address ??= asked();
  const { blob, queue, authority } = await address;
  const trusted = tls.getCACertificates('default');
  if (!trusted.some(each => each.trim() === authority.trim())) tls.setDefaultCACertificates([...trusted, authority]);
  // The SDKs would send requests to the loopback there.
  for (const name of ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY']) for (const each of [name, name.toLowerCase()]) delete process.env[each];
  return { blob, queue, credential: tokens(), authority };
}

/** Address of a container, or below `queue` of a queue, that no other test uses. It is not there yet. */
export function unusedIn(service: string): string {
  return `${service}/test-${randomUUID()}`;
}

async function asked(): Promise<AzuriteAddress> {
  const response = await fetch(inject('azurite'));
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as AzuriteAddress;
}

/**
 * Tokens as Azurite checks them: issuer, audience and time, not the signature.
 * @param differences claims that are other than they should be
 */
export function tokens(differences: Readonly<Record<string, unknown>> = {}): TokenCredential {
  return {
    async getToken(scopes) {
      const now = Math.floor(Date.now() / 1000);
      const audience = [scopes].flat().join(' ').replace('/.default', '');
      const claims = { aud: audience, iss: 'https://sts.windows.net/11111111-1111-1111-1111-111111111111/', iat: now - 60, nbf: now - 60, exp: now + 3600, ...differences };
      const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
      return { token: `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.unsigned`, expiresOnTimestamp: Date.now() + 3_600_000 };
    },
  };
}
