import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { azurite, tokens } from './azurite.ts';
import { temporaryFolder } from './folder.ts';

const storageAudience = 'https://storage.azure.com';

/**
 * The environment of a served sandbox, for a process that also uses Azurite: its identity endpoint has tokens for
 * storage as well, its certificates are those of both.
 */
export async function withStorage(environment: Readonly<Record<string, string>>): Promise<Readonly<Record<string, string>>> {
  const { authority } = await azurite();
  const identity = createServer((request, response) => {
    const { search, searchParams } = new URL(request.url ?? '', 'http://localhost');
    const answer = async (): Promise<{ readonly status: number; readonly body: string }> => {
      if (searchParams.get('resource') !== storageAudience) {
        const asked = await fetch(`${environment['IDENTITY_ENDPOINT']}${search}`, { headers: { 'x-identity-header': String(request.headers['x-identity-header']) } });
        return { status: asked.status, body: await asked.text() };
      }
      const { token, expiresOnTimestamp } = (await tokens().getToken(storageAudience)) ?? { token: '', expiresOnTimestamp: 0 };
      return { status: 200, body: JSON.stringify({ access_token: token, expires_on: String(Math.floor(expiresOnTimestamp / 1000)), resource: storageAudience, token_type: 'Bearer' }) };
    };
    answer().then(
      ({ status, body }) => response.writeHead(status, { 'content-type': 'application/json' }).end(body),
      () => response.destroy(),
    );
  });
  identity.listen(0, '127.0.0.1');
  await once(identity, 'listening');
  onTestFinished(() => {
    identity.closeAllConnections();
    identity.close();
  });
  const certificates = join(temporaryFolder(), 'authorities.pem');
  writeFileSync(certificates, `${readFileSync(environment['NODE_EXTRA_CA_CERTS'] ?? '', 'utf8')}\n${authority}`);
  return { ...environment, IDENTITY_ENDPOINT: `http://127.0.0.1:${(identity.address() as AddressInfo).port}/msi/token`, NODE_EXTRA_CA_CERTS: certificates, STORAGE_AUDIENCE: storageAudience };
}
