import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import type { Environment } from '../azure/clouds.ts';
import type { Sandbox } from '../sandbox/index.ts';

/** What a command needs to work on the sandbox as it would on Azure. */
export interface InSandbox {
  readonly sandbox: Sandbox;
  readonly environment: Environment;
  /** Removed afterwards. */
  readonly stateFolder: string;
}

/** Runs a command over the embedded Azure: only the settings and the trusted certificate authority differ from the real one. */
export async function inSandbox<T>(command: (settings: InSandbox) => Promise<T>): Promise<T> {
  const stateFolder = await mkdtemp(join(tmpdir(), 'cosmos-compliance-'));
  // Its estate is made when it is loaded, and most commands need none.
  const { startSandbox } = await import('../sandbox/index.ts');
  const sandbox = await startSandbox();
  try {
    tls.setDefaultCACertificates([...tls.getCACertificates('default'), sandbox.certificateAuthority]);
    // The identity library reads the process's environment and nothing else; a proxy does not lead to this machine.
    delete process.env['AZURE_CLIENT_ID'];
    Object.assign(process.env, sandbox.environment);
    for (const proxy of ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY']) for (const name of [proxy, proxy.toLowerCase()]) delete process.env[name];
    return await command({ sandbox, environment: process.env, stateFolder });
  } finally {
    await sandbox.stop();
    await rm(stateFolder, { recursive: true, force: true });
  }
}
