import tls from 'node:tls';
import type { TokenCredential } from '@azure/core-auth';
import { connect, type Arm } from '../../src/azure/arm.ts';
import { cloudFrom, type Cloud } from '../../src/azure/clouds.ts';
import type { RetrySettings } from '../../src/azure/retry.ts';
import { destinationFrom } from '../../src/scan/settings.ts';
import { startSandbox, type Estate, type Sandbox, type SandboxOptions, type Subscription } from '../../src/sandbox/index.ts';
import type { Resource } from '../../src/sandbox/estate/estate.ts';
import { guid } from '../../src/sandbox/estate/ids.ts';
import { subscription } from '../../src/sandbox/estate/subscriptions.ts';
import { uploader, type Upload, type UploadSettings } from '../../src/sinks/log-analytics/upload.ts';

/** Quick to give up: nothing here waits for a real network. */
const impatient: RetrySettings = { attempts: 1, baseMs: 1, longestWaitMs: 2_000 };

/** A sandbox in this process, and clients for it that need nothing of the process's environment. */
export interface Connection {
  readonly sandbox: Sandbox;
  readonly cloud: Cloud;
  readonly credential: TokenCredential;
  arm(signal?: AbortSignal): Arm;
  upload(differences?: Partial<UploadSettings>): Upload;
  stop(): Promise<void>;
}

export async function connected(options: SandboxOptions): Promise<Connection> {
  const sandbox = await startSandbox(options);
  trust(sandbox.certificateAuthority);
  const cloud = cloudFrom(sandbox.environment);
  const credential = credentialOf(sandbox);
  return {
    sandbox,
    cloud,
    credential,
    arm: (signal = new AbortController().signal) => connect({ cloud, credential, signal, concurrency: 16, retry: impatient, attemptMs: 5_000 }),
    upload: differences => uploader({ ...destinationFrom(cloud, sandbox.environment), credential, signal: new AbortController().signal, retry: impatient, attemptMs: 10_000, ...differences }),
    async stop() {
      await sandbox.stop();
      distrust(sandbox.certificateAuthority);
    },
  };
}

/** Asks the sandbox's identity endpoint, as the identity library does from the process's environment. */
export function credentialOf({ environment }: Sandbox): TokenCredential {
  return {
    async getToken(scopes) {
      const resource = [scopes].flat().join(' ').replace('/.default', '');
      const address = `${environment['IDENTITY_ENDPOINT']}?api-version=2019-08-01&resource=${encodeURIComponent(resource)}`;
      const response = await fetch(address, { headers: { 'x-identity-header': environment['IDENTITY_HEADER'] ?? '' } });
      if (!response.ok) throw new Error(`The identity endpoint answered ${response.status}.`);
      const { access_token: token, expires_on: seconds } = (await response.json()) as { access_token: string; expires_on: string };
      return { token, expiresOnTimestamp: Number(seconds) * 1000 };
    },
  };
}

function trust(authority: string): void {
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), authority]);
}

function distrust(authority: string): void {
  tls.setDefaultCACertificates(tls.getCACertificates('default').filter(each => each.trim() !== authority.trim()));
}

const tenantId = guid('test/tenant');

/** A subscription of a test: its id and its name come from one word. */
export function named(name: string, state = 'Enabled'): Subscription {
  return { ...subscription(tenantId, guid(name), name), state };
}

/** An estate of exactly what is given. */
export function estateOf(subscriptions: readonly Subscription[], resources: readonly Resource[] = [], differences: Partial<Estate> = {}): Estate {
  return { tenantId, subscriptions, hidden: [], managementGroups: [], resources, faults: {}, unindexed: [], pageSizes: {}, ...differences };
}
