import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestProject } from 'vitest/node';
import { loopbackCertificate } from '../../src/sandbox/certificate.ts';

/** Where Azurite answers, with the account in the path, and the certificate authority its clients must trust, PEM. */
export interface AzuriteAddress {
  readonly blob: string;
  readonly queue: string;
  readonly authority: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Address that starts Azurite on its first request and answers with an AzuriteAddress. */
    azurite: string;
  }
}

interface Running {
  readonly address: AzuriteAddress;
  readonly stop: () => Promise<void>;
}

/**
 * Azurite for all threads of a test run: started when the first test asks for it, stopped at the end. Tests get an
 * address to ask, since what they are given has to be known before the first of them runs.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let running: Promise<Running> | null = null;
  const server = createServer((_request, response) => {
    running ??= started();
    running.then(
      ({ address }) => response.end(JSON.stringify(address)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  project.provide('azurite', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return async () => {
    server.closeAllConnections();
    server.close();
    await running?.then(({ stop }) => stop(), () => undefined);
  };
}

/** The channel to a parent that was killed is closed: Azurite must not outlive it. */
const endWithParent = 'data:text/javascript,process.on("disconnect", () => process.exit())';

async function started(): Promise<Running> {
  const folder = await mkdtemp(join(tmpdir(), 'cosmos-compliance-azurite-'));
  const { key, certificate, authority } = loopbackCertificate();
  const files = { key: join(folder, 'key.pem'), cert: join(folder, 'certificate.pem') };
  await Promise.all([writeFile(files.key, key, { mode: 0o600 }), writeFile(files.cert, certificate)]);
  const program = join(dirname(createRequire(import.meta.url).resolve('azurite/package.json')), 'dist/src/azurite.js');
  const ports = ['blob', 'queue', 'table'].flatMap(service => [`--${service}Host`, '127.0.0.1', `--${service}Port`, '0']);
  const settings = ['--inMemoryPersistence', '--skipApiVersionCheck', '--disableTelemetry', '--silent', '--oauth', 'basic', '--cert', files.cert, '--key', files.key];
  const child = fork(program, [...ports, ...settings], { cwd: folder, execArgv: ['--import', endWithParent], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const { Blob: blob = '', Queue: queue = '' } = await listening(child, ['Blob', 'Queue', 'Table']);
    return { address: { blob: `${blob}/devstoreaccount1`, queue: `${queue}/devstoreaccount1`, authority }, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Addresses by service, as Azurite prints them. */
async function listening(child: ChildProcess, services: readonly string[]): Promise<Record<string, string>> {
  const addresses: Record<string, string> = {};
  const printed: string[] = [];
  child.stderr?.on('data', (text: Buffer) => printed.push(text.toString()));
  if (!child.stdout) throw new Error('Azurite prints nowhere.');
  for await (const line of createInterface(child.stdout)) {
    printed.push(line);
    const [, service = '', address = ''] = /^Azurite (\w+) service is successfully listening at (https:\S+)$/.exec(line) ?? [];
    if (service) addresses[service] = address;
    if (services.every(each => addresses[each])) {
      child.stdout.resume();
      return addresses;
    }
  }
  throw new Error(`Azurite did not start: ${printed.join('\n')}`);
}
