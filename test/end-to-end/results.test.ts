import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { guid } from '../../src/sandbox/estate/ids.ts';
import { serveSandbox, type ServedSandbox } from '../../src/sandbox/serve.ts';
import { cosmosCompliance, endedWith, type Ended } from '../support/cli.ts';
import { estateOf, named } from '../support/connection.ts';
import { accountIn } from '../support/estates.ts';
import { temporaryFolder } from '../support/folder.ts';

/** An account that is closed, and what it is after somebody opened it. */
const closed = accountIn('alpha', 'orders', { properties: { publicNetworkAccess: 'Disabled' } });
const opened = accountIn('alpha', 'orders', { properties: { publicNetworkAccess: 'Enabled' } });
const basket = accountIn('beta', 'basket');
const subscriptions = [named('alpha'), named('beta')];

let before: ServedSandbox;
let after: ServedSandbox;
let denied: ServedSandbox;
beforeAll(async () => {
  before = await serveSandbox({ estate: estateOf(subscriptions, [...closed.resources, ...basket.resources]) });
  const estate = estateOf(subscriptions, [...opened.resources, ...basket.resources]);
  after = await serveSandbox({ estate });
  denied = await serveSandbox({ estate, faults: { deniedSubscriptions: [guid('beta')] } });
});
afterAll(async () => {
  await Promise.all([before.stop(), after.stop(), denied.stop()]);
});

const run = (on: ServedSandbox, ...args: readonly string[]): Promise<Ended> => cosmosCompliance(args, { environment: on.environment });

/** A scan, saved. */
async function saved(on: ServedSandbox, ...args: readonly string[]): Promise<string> {
  const file = join(temporaryFolder(), 'scan.json');
  endedWith(0, await run(on, 'scan', '--allow-incomplete', '--format', 'json', '--output', file, ...args));
  return file;
}

describe('scan --format', () => {
  test('writes every form at once, each with its ending, and nothing to standard output', async () => {
    const folder = temporaryFolder();
    const { stdout } = endedWith(0, await run(after, 'scan', '--format', 'table,json,ndjson,html,csv,sarif,junit,ocsf,markdown', '--output', join(folder, 'report')));
    expect(stdout).toBe('');
    expect(readdirSync(folder).toSorted()).toEqual(['report.csv', 'report.html', 'report.json', 'report.md', 'report.ndjson', 'report.ocsf.jsonl', 'report.sarif', 'report.txt', 'report.xml']);
    const read = (ending: string): string => readFileSync(join(folder, `report.${ending}`), 'utf8');
    const document = z.object({ assessments: z.array(z.object({ findings: z.array(z.object({ id: z.string(), status: z.string() })) })) }).parse(JSON.parse(read('json')));
    const findings = document.assessments.flatMap(each => each.findings);
    const count = (status: string): number => findings.filter(each => each.status === status).length;
    expect(read('csv').trimEnd().split('\r\n')).toHaveLength(1 + findings.length);
    expect(read('ocsf.jsonl').trimEnd().split('\n')).toHaveLength(findings.length);
    expect(read('xml').match(/<failure /g)).toHaveLength(count('fail'));
    expect(z.object({ runs: z.tuple([z.object({ results: z.array(z.unknown()) })]) }).parse(JSON.parse(read('sarif'))).runs[0].results).toHaveLength(count('fail') + count('unknown') + count('manual'));
    expect(read('md')).toContain('Open to the Internet or to all of Azure: 1');
    expect([read('csv').slice(0, 9), read('html').slice(0, 15)]).toEqual(['\uFEFF"ScanId"', '<!doctype html>']);
    for (const { id } of findings) expect([id, read('csv').includes(id), read('ocsf.jsonl').includes(id)]).toEqual([id, true, true]);
  });

  test('and the report beside whatever else is asked for, whose place it says', async () => {
    const file = join(temporaryFolder(), 'report.html');
    const { stdout, stderr } = endedWith(0, await run(after, 'scan', '--report', file));
    expect(stdout).toContain('Reachable from the Internet or all of Azure: 1');
    expect(stderr).toContain(`Report: ${file}`);
    expect(readFileSync(file, 'utf8')).toContain('<!doctype html>');
  });

  test.each([['csv', '"ScanId","ScanTime"'], ['sarif', '{"$schema":"https'], ['html', '<!doctype html>']])('%s alone goes to standard output', async (format, begins) => {
    const { stdout } = endedWith(0, await run(after, 'scan', '--quiet', '--format', format));
    expect(stdout.slice(0, begins.length)).toBe(begins);
  });

  test('of several forms needs a name', async () => {
    const { stdout, stderr } = endedWith(2, await run(after, 'scan', '--format', 'html,sarif'));
    expect(stdout).toBe('');
    expect(stderr).toBe('--format has 2 forms (html, sarif), which do not fit into one standard output. Name them with --output: --output report writes report.html, report.sarif and so on.\n');
  });

  test('writes what passes into SARIF when asked', async () => {
    const { stdout } = endedWith(0, await run(after, 'scan', '--format', 'sarif', '--with-passes'));
    expect(stdout.match(/"kind":"pass"/g)?.length).toBeGreaterThan(10);
  });

  test('tells of an incomplete scan in every form, and ends with 2', async () => {
    const folder = temporaryFolder();
    endedWith(2, await run(denied, 'scan', '--format', 'csv,sarif,junit,ocsf,markdown', '--output', `${folder}/`));
    const says: readonly (readonly [string, string])[] = [['csv', '"notRead"'], ['sarif', '"executionSuccessful":false'], ['xml', 'type="denied"'], ['ocsf.jsonl', '"event_code":"not-read"'], ['md', '**Incomplete**']];
    for (const [ending, text] of says) expect([ending, readFileSync(join(folder, `cosmos-compliance.${ending}`), 'utf8').includes(text)]).toEqual([ending, true]);
  });
});

describe('messages', () => {
  test('--quiet leaves none of a scan that went well', async () => {
    expect((await run(after, 'scan', '--quiet')).stderr).toBe('');
  });

  test('--verbose names every subscription', async () => {
    const { stderr } = endedWith(0, await run(after, 'scan', '--verbose', '--format', 'json', '--output', '/dev/null'));
    expect(stderr.match(/^subscription done /gm)).toHaveLength(2);
    expect(stderr).toMatch(/^scan settings cloud=custom/m);
  });

  test('--log-format json writes objects, errors too', async () => {
    const Line = z.looseObject({ time: z.iso.datetime(), level: z.string(), message: z.string() });
    const lines = (stderr: string) => stderr.trimEnd().split('\n').map(line => Line.parse(JSON.parse(line)));
    expect(lines((await run(after, 'scan', '--log-format', 'json')).stderr).at(-1)).toMatchObject({ level: 'info', message: 'progress', done: 2, expected: 2 });
    const { code, stderr } = await run(after, 'scan', '--log-format', 'json', '--concurrency', '0');
    expect([code, lines(stderr)]).toEqual([2, [expect.objectContaining({ level: 'error', message: 'problem', fix: 'Set it to a whole number from 1 to 256.' })]]);
  });
});

describe('diff', () => {
  test('an account that was opened is worse: it ends with 1 and says so first', async () => {
    const { stdout } = endedWith(1, await cosmosCompliance(['diff', await saved(before), await saved(after)]));
    expect(stdout).toMatch(/\n\nOpened \(1\)\n {2}closed to internet {2}orders {2}alpha {2}publicNetworkAccess Enabled, no firewall\n/);
    expect(stdout).toMatch(/Regressed \(\d+\)\n {2}critical {2}exposure-not-public/);
  });

  test('the other way round it is fixed, and ends with 0', async () => {
    const [older, newer] = [await saved(after), await saved(before)];
    const { stdout } = endedWith(0, await cosmosCompliance(['diff', older, newer]));
    expect(stdout).toContain('Closed (1)');
    expect(stdout).toMatch(/Fixed \(\d+\)\n {2}critical {2}exposure-not-public/);
  });

  test('two scans of the same are no different', async () => {
    expect(endedWith(0, await cosmosCompliance(['diff', await saved(after), await saved(after)])).stdout).toContain('Nothing is different.');
  });

  test('what is denied now is neither gone nor fixed: it ends with 2', async () => {
    const [older, newer] = [await saved(after), await saved(denied)];
    const { stdout } = endedWith(2, await cosmosCompliance(['diff', older, newer]));
    expect(stdout).toContain('Not read by the newer scan');
    expect(stdout).not.toMatch(/Gone|Fixed/);
    endedWith(0, await cosmosCompliance(['diff', older, newer, '--allow-incomplete']));
  });

  test('another baseline makes nothing regress', async () => {
    const folder = temporaryFolder();
    const baseline = join(folder, 'baseline.yaml');
    endedWith(0, await cosmosCompliance(['baseline', 'init', baseline, '--profile', 'strict']));
    const { stdout } = endedWith(0, await cosmosCompliance(['diff', await saved(after), await saved(after, '--baseline', baseline)]));
    expect(stdout).toMatch(/The baselines differ: standard \w+, then .*\nNot asked the same of \d+ controls/);
    expect(stdout).not.toContain('Regressed');
  });
});

describe('single resources', () => {
  const id = (opened.resources[0] as { readonly id: string }).id;

  test('exposure of an account by its id asks for that account alone', async () => {
    const { stdout, stderr } = endedWith(0, await run(denied, 'exposure', id));
    expect(stdout).toContain("├─ Public network access: Enabled\n│    The account's firewall decides.\n│  ► decides: publicNetworkAccess Enabled, no firewall\n");
    expect(stderr).toMatch(/1 of 1 subscriptions, 1 accounts/);
  });

  test('explain of a live account names the command with its id', async () => {
    const { stdout } = endedWith(0, await run(after, 'explain', 'exposure-not-public', 'orders', '--quiet'));
    expect(stdout).toMatch(/^exposure-not-public on orders \(alpha\): fails\n/);
    expect(stdout).toContain(`az cosmosdb update --ids ${id}`);
  });

  test('explain without a resource says what was not read, and ends with 2', async () => {
    const { stdout } = endedWith(2, await run(denied, 'explain', 'exposure-not-public', '--quiet'));
    expect(stdout).toMatch(/^exposure-not-public: fails 1\n[^]*Not read\n {2}Subscription beta was not read \(denied\)/);
  });

  test('a resource that is not there is an error in three parts', async () => {
    const { stdout, stderr } = endedWith(2, await run(after, 'exposure', 'order', '--quiet'));
    expect([stdout, stderr]).toEqual(['', 'No resource is called order. Did you mean orders?\n']);
  });

  test('in the sandbox', async () => {
    expect(endedWith(0, await cosmosCompliance(['exposure', 'events-prod', '--sandbox', '--quiet'])).stdout).toContain('├─ Network security perimeter: nsp-data, Learning (portal: Transition)');
  });
});

describe('help', () => {
  test.each([[['--help']], [['scan', '--help']], [['diff', '--help']], [['explain', '--help']], [['exposure', '--help']]])('of %j has examples', async args => {
    expect(endedWith(0, await cosmosCompliance(args)).stdout).toMatch(/Examples:\n(.*\n)*.*cosmos-compliance/);
  });

  test('completion of bash knows every command', async () => {
    const { stdout } = endedWith(0, await cosmosCompliance(['completion', 'bash']));
    for (const command of ['scan', 'doctor', 'diff', 'explain', 'exposure', 'controls', 'baseline', 'local-auth-disabled']) expect(stdout).toContain(command);
  });
});
