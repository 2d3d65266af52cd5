import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { guid } from '../../src/sandbox/estate/ids.ts';
import { serveSandbox, type ServedSandbox } from '../../src/sandbox/serve.ts';
import { cosmosCompliance, endedWith } from '../support/cli.ts';
import { estateOf, named } from '../support/connection.ts';
import { Document } from '../support/document.ts';
import { accountIn } from '../support/estates.ts';
import { temporaryFolder } from '../support/folder.ts';

const estate = estateOf([named('alpha')], accountIn('alpha', 'orders', { properties: { publicNetworkAccess: 'Enabled' } }).resources);

let served: ServedSandbox;
beforeAll(async () => {
  served = await serveSandbox({ estate });
});
afterAll(() => served.stop());

function fileWith(text: string): string {
  const file = join(temporaryFolder(), 'baseline.yaml');
  writeFileSync(file, text);
  return file;
}

describe('the commands for a baseline', () => {
  test('write one, find it good, show it, and never overwrite it', async () => {
    const file = join(temporaryFolder(), 'baseline.yaml');
    endedWith(0, await cosmosCompliance(['baseline', 'init', '--profile', 'strict', file]));
    const written = readFileSync(file, 'utf8');
    expect(endedWith(0, await cosmosCompliance(['baseline', 'validate', file])).stdout).toContain('is valid: baseline strict-baseline ');
    expect(endedWith(0, await cosmosCompliance(['baseline', 'show', '--diff', file])).stdout).toContain('name: strict-baseline\nprofile: strict\n');
    expect(endedWith(2, await cosmosCompliance(['baseline', 'init', file])).stderr).toContain('is there already. Name another file');
    expect(readFileSync(file, 'utf8')).toBe(written);
  });

  test('tell every problem with its place, and end with 2', async () => {
    const { stdout } = endedWith(2, await cosmosCompliance(['baseline', 'validate', fileWith('name: x\nprofile: lax\nfoo: 1\n')]));
    expect(stdout).toMatch(/baseline\.yaml:2:10: profile is "lax"\..*\n.*baseline\.yaml:3:1: There is no field "foo"/);
  });

  test.each([[['baseline', 'validate']], [['baseline', 'init', '--profile', 'lax']], [['baseline', 'forget']]])('refuse %o', async args => {
    expect((await cosmosCompliance(args)).code).toBe(2);
  });
});

describe('scan --baseline', () => {
  const scan = (file: string, ...args: string[]) => cosmosCompliance(['scan', '--format', 'json', '--baseline', file, ...args], { environment: served.environment });
  const exempting = (controls: readonly string[]): string =>
    `name: contoso\nexemptions: [{ id: known, controls: [${controls.join(', ')}], scope: { resourceId: /subscriptions/${guid('alpha')} }, category: accepted-risk, reason: r, owner: o, expiresOn: 2099-12-31 }]\n`;

  test('judges by it: what it exempts fails on, without failing the command', async () => {
    const bare = endedWith(1, await scan(fileWith('name: contoso'), '--fail-on', 'critical'));
    const critical = [...new Set(Document.parse(JSON.parse(bare.stdout)).assessments.flatMap(({ findings }) => findings.filter(({ status, severity }) => status === 'fail' && severity === 'critical').map(({ controlId }) => controlId)))];
    expect(critical).toContain('exposure-not-public');
    const { stdout } = endedWith(0, await scan(fileWith(exempting(critical)), '--fail-on', 'critical'));
    const { scan: summary, assessments } = JSON.parse(stdout) as { scan: { baseline: string; warnings: string[] }; assessments: { name: string; findings: { controlId: string; status: string; exemption?: object }[] }[] };
    expect(summary.baseline).toMatch(/^contoso [0-9a-f]{8}$/);
    expect(summary.warnings).toEqual([]);
    const finding = assessments.find(({ name }) => name === 'orders')?.findings.find(({ controlId }) => controlId === 'exposure-not-public');
    expect(finding).toMatchObject({ status: 'fail', exemption: { id: 'known', state: 'active', owner: 'o', expiresOn: '2099-12-31' } });
  });

  test('refuses a wrong one before it asks Azure anything', async () => {
    const before = served.sandbox.requests().total;
    const { stdout, stderr } = endedWith(2, await scan(fileWith('name: x\nprofile: lax\n')));
    expect(stderr).toContain('baseline.yaml:2:10: profile is "lax".');
    expect(stdout).toBe('');
    expect(served.sandbox.requests().total).toBe(before);
  });
});
