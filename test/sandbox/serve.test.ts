import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { generatedEstate } from '../../src/sandbox/index.ts';
import { serveSandbox } from '../../src/sandbox/serve.ts';

const program = fileURLToPath(new URL('../../src/sandbox/serve.ts', import.meta.url));

/** A program of its own that trusts the sandbox by environment alone. */
const visitor = `
  const { IDENTITY_ENDPOINT, IDENTITY_HEADER, ARM_ENDPOINT, ARM_AUDIENCE } = process.env;
  const identity = await fetch(IDENTITY_ENDPOINT + '?api-version=2019-08-01&resource=' + ARM_AUDIENCE, { headers: { 'x-identity-header': IDENTITY_HEADER } });
  const { access_token } = await identity.json();
  const answer = await fetch(ARM_ENDPOINT + '/subscriptions?api-version=2022-12-01', { headers: { authorization: 'Bearer ' + access_token } });
  console.log((await answer.json()).value.length);`;

async function visit(environment: Readonly<Record<string, string>>): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', visitor], { env: { ...process.env, ...environment } });
  return stdout.trim();
}

test('another process needs nothing but the environment', async () => {
  const served = await serveSandbox({ estate: generatedEstate({ subscriptions: 3, accountsPerSubscription: 1 }) });
  const certificate = served.environment['NODE_EXTRA_CA_CERTS'] ?? '';
  expect(existsSync(certificate)).toBe(true);
  await expect(visit(served.environment)).resolves.toBe('3');
  await served.stop();
  expect(existsSync(certificate)).toBe(false);
});

test.each(['SIGTERM', 'the end of its input'])('as a program it prints its environment, and its counts on %s', async how => {
  const child = spawn(process.execPath, [program, '--subscriptions', '2', '--accounts', '1', '--latency', '1'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = new Promise(resolve => {
    child.once('exit', resolve);
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const environment = JSON.parse(String((await lines.next()).value)) as Record<string, string>;
  await expect(visit(environment)).resolves.toBe('2');
  if (how === 'SIGTERM') child.kill('SIGTERM');
  else child.stdin.end();
  const counts = JSON.parse(String((await lines.next()).value)) as unknown;
  expect(counts).toMatchObject({ requests: { total: 1, throttled: 0, violations: [] }, ingestion: { accepted: 0, refused: 0 } });
  await exited;
  expect(existsSync(environment['NODE_EXTRA_CA_CERTS'] ?? '')).toBe(false);
});
