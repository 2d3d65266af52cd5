import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { version } from '../../src/azure/user-agent.ts';
import { guid } from '../../src/sandbox/estate/ids.ts';
import { serveSandbox, type ServedSandbox } from '../../src/sandbox/serve.ts';
import { cosmosCompliance, endedWith, whenItSays, type CommandOptions, type Ended } from '../support/cli.ts';
import { estateOf, named } from '../support/connection.ts';
import { AssessmentInDocument, Document, ScanInDocument, SubscriptionInDocument } from '../support/document.ts';
import { accountIn } from '../support/estates.ts';
import { temporaryFolder } from '../support/folder.ts';

/** One account that everybody reaches, one that nobody does, in a subscription each; a third subscription is empty. */
const estate = estateOf(
  [named('alpha'), named('beta'), named('empty')],
  [...accountIn('alpha', 'orders', { properties: { publicNetworkAccess: 'Enabled' } }).resources, ...accountIn('beta', 'basket').resources],
  { managementGroups: [{ name: 'teams', displayName: 'Teams', parent: null, subscriptions: [guid('beta')] }] },
);

let served: ServedSandbox;
let denied: ServedSandbox;
beforeAll(async () => {
  served = await serveSandbox({ estate });
  denied = await serveSandbox({ estate, faults: { deniedSubscriptions: [guid('beta')] } });
});
afterAll(async () => {
  await served.stop();
  await denied.stop();
});

const scan = (args: readonly string[] = [], { environment = {}, ...options }: CommandOptions = {}): Promise<Ended> => cosmosCompliance(['scan', ...args], { environment: { ...served.environment, ...environment }, ...options });
const scanDenied = (...args: readonly string[]): Promise<Ended> => cosmosCompliance(['scan', ...args], { environment: denied.environment });

/** What a person must never see. */
const internals = /should not happen|\bat .*\(.*:\d+:\d+\)|undefined|\[object|AggregateError|UnhandledPromise/;

describe('the document', () => {
  test('of --format json is as documented, alone on standard output, and the numbers add up', async () => {
    const { stdout, stderr } = endedWith(0, await scan(['--format', 'json']));
    const { scan: summary, subscriptions, assessments } = Document.parse(JSON.parse(stdout));
    const { expected, scanned, denied: refused, throttled, failed, skipped } = summary.subscriptions;
    expect(expected).toBe(scanned + refused + throttled + failed + skipped);
    expect(subscriptions).toHaveLength(expected);
    expect(summary).toMatchObject({ complete: true, accounts: 2, cloud: 'custom', version });
    const accounts = assessments.filter(({ resourceType }) => resourceType === 'Microsoft.DocumentDB/databaseAccounts');
    expect(accounts.map(({ name, exposure }) => [name, exposure?.reach]).toSorted()).toEqual([['basket', 'closed'], ['orders', 'internet']]);
    expect(subscriptions.reduce((sum, each) => sum + each.accounts, 0)).toBe(accounts.length);
    expect(stderr).not.toMatch(internals);
  });

  test('of --format ndjson has one line per assessment, subscription and scan, each JSON of its own', async () => {
    const { code, stdout } = await scan(['--format', 'ndjson']);
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n').map(line => z.object({ type: z.enum(['assessment', 'subscription', 'scan']) }).loose().parse(JSON.parse(line)));
    const schemas = { assessment: AssessmentInDocument, subscription: SubscriptionInDocument, scan: ScanInDocument };
    for (const line of lines) schemas[line.type].parse(line);
    expect(lines.filter(({ type }) => type === 'subscription')).toHaveLength(3);
    expect(lines.filter(({ type }) => type === 'assessment').length).toBeGreaterThanOrEqual(2);
    expect(lines.map(({ type }) => type).indexOf('scan')).toBe(lines.length - 1);
  });

  test('goes to a file with --output, and nothing to standard output', async () => {
    const file = join(temporaryFolder(), 'scan.json');
    const { code, stdout } = await scan(['--format', 'json', '--output', file]);
    expect([code, stdout]).toEqual([0, '']);
    Document.parse(JSON.parse(readFileSync(file, 'utf8')));
  });
});

describe('the table', () => {
  test('answers first: completeness, who is public and why, what is worst, the score', async () => {
    const { stdout } = endedWith(0, await scan());
    const places = ['Azure Cosmos DB compliance', 'Complete: 3 of 3 subscriptions read', 'Reachable from the Internet or all of Azure: 1 of 2 accounts', 'orders', 'Worst findings', 'exposure-not-public', 'Score: '].map(part => stdout.indexOf(part));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(stdout).not.toContain('\u001B');
    expect(stdout).not.toMatch(internals);
  });

  test('says what could not be read before anything else', async () => {
    const { stdout } = await scanDenied();
    const places = ['Incomplete: 2 of 3 subscriptions read, 1 denied', 'beta', 'Microsoft.DocumentDB/databaseAccounts/read', 'Reachable from the Internet'].map(part => stdout.replaceAll(/\s+/g, ' ').indexOf(part));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  test('goes to a file with --output', async () => {
    const file = join(temporaryFolder(), 'scan.txt');
    const { code, stdout } = await scan(['--output', file]);
    expect([code, stdout]).toEqual([0, '']);
    expect(readFileSync(file, 'utf8')).toContain('Complete: 3 of 3 subscriptions read');
  });

  test('progress is plain lines on standard error, from nothing to everything', async () => {
    const { stderr } = await scan();
    const lines = stderr.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^0 of 3 subscriptions, 0 accounts, \d+ requests/);
    expect(lines.at(-1)).toMatch(/^3 of 3 subscriptions, 2 accounts, \d+ requests \(\w+: scanned\)$/);
    expect(stderr).not.toContain('\u001B');
  });
});

describe('the exit code', () => {
  test.each([
    [0, 'findings without --fail-on', []],
    [1, 'a finding as bad as --fail-on', ['--fail-on', 'critical']],
    [1, 'a finding worse than --fail-on', ['--fail-on', 'low']],
    [0, 'no finding as bad as --fail-on', ['--fail-on', 'critical', '--exclude', guid('alpha')]],
    [0, 'one subscription that is clean enough', ['--fail-on', 'critical', '--subscription', guid('beta')]],
    [1, 'one subscription of two that is not', ['--fail-on', 'critical', '--subscription', guid('beta'), '--subscription', guid('alpha').toUpperCase()]],
    [0, 'a management group', ['--fail-on', 'critical', '--management-group', 'teams']],
    [2, 'a subscription outside the management group', ['--management-group', 'teams', '--subscription', guid('alpha')]],
  ])('%i: %s', async (expected, _, args) => {
    const { stderr } = endedWith(expected, await scan(args));
    expect(stderr).not.toMatch(internals);
  });

  test.each([
    [2, []],
    [2, ['--fail-on', 'critical']],
    [0, ['--allow-incomplete']],
    [1, ['--allow-incomplete', '--fail-on', 'critical']],
  ])('%i of an incomplete scan with %j', async (expected, args) => {
    expect((await scanDenied(...args)).code).toBe(expected);
  });

  test('2 where the identity sees nothing at all', async () => {
    const nothing = await serveSandbox({ estate: estateOf([]) });
    const { code, stdout } = await cosmosCompliance(['scan'], { environment: nothing.environment });
    await nothing.stop();
    expect(code).toBe(2);
    expect(stdout).toContain('The identity sees no subscription in scope.');
  });
});

describe('what is wrong is said in a sentence, and ends with 2', () => {
  test.each<[string, readonly string[], Readonly<Record<string, string>>, RegExp]>([
    ['an unknown option', ['--everything'], {}, /unknown option '--everything'/],
    ['an unknown format', ['--format', 'xml'], {}, /'xml' is invalid.*table, json, ndjson/],
    ['an unknown severity', ['--fail-on', 'awful'], {}, /'awful' is invalid.*critical, high, medium, low, info/],
    ['a subscription that is no GUID', ['--subscription', 'production'], {}, /"production".*is not a subscription id.*az account list/],
    ['an exclusion that is no GUID', ['--exclude', '1234'], {}, /"1234".*is not a subscription id/],
    ['no concurrency', ['--concurrency', '0'], {}, /--concurrency is "0"\. Set it to a whole number from 1 to 256/],
    ['a concurrency that is no number', ['--concurrency', 'all'], {}, /--concurrency is "all"/],
    ['a management group that does not exist', ['--management-group', 'teems'], {}, /teems: Azure answered 404.*Check the name of the management group/],
    ['a file in a folder that does not exist', ['--output', '/does/not/exist/scan.json'], {}, /Cannot write \/does\/not\/exist\/scan\.json: .*ENOENT/],
    ['nowhere to publish', ['--publish'], { LOGS_INGESTION_ENDPOINT: '', LOGS_RULE_ID: '' }, /LOGS_INGESTION_ENDPOINT, LOGS_RULE_ID not set/],
    ['an unknown cloud', [], { AZURE_CLOUD: 'moon' }, /moon/],
    ['a custom cloud without an endpoint', [], { ARM_ENDPOINT: '' }, /ARM_ENDPOINT is not set/],
    ['an endpoint without TLS', [], { ARM_ENDPOINT: 'http://127.0.0.1:1' }, /ARM_ENDPOINT is "http:\/\/127\.0\.0\.1:1", which is not https/],
    ['an identity that is refused', [], { IDENTITY_HEADER: 'wrong' }, /no token/],
    ['a state folder that is a file', ['--publish'], { STATE_FOLDER: process.execPath }, /which keeps rows until they are delivered.*Set STATE_FOLDER/],
  ])('%s', async (_, args, environment, says) => {
    const { stdout, stderr } = endedWith(2, await scan(args, { environment }));
    expect(stdout).toBe('');
    expect(stderr.replaceAll(/\s+/g, ' ')).toMatch(says);
    expect(stderr).not.toMatch(internals);
  });

  test('a subscription that the identity does not see is named, and everything else is scanned', async () => {
    const { stdout } = endedWith(2, await scan(['--subscription', guid('elsewhere'), '--subscription', guid('beta')]));
    expect(stdout).toContain('Incomplete: 1 of 2 subscriptions read');
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(new RegExp(`failed ${guid('elsewhere')} .*404 SubscriptionNotFound`));
  });

  test('a Resource Manager whose certificate is not trusted', async () => {
    const { code, stderr } = await scan([], { environment: { NODE_EXTRA_CA_CERTS: '' } });
    expect(code).toBe(2);
    expect(stderr).toMatch(/Cannot read subscriptions of the tenant: .*certificate.* NODE_EXTRA_CA_CERTS\.$/m);
    expect(stderr).not.toMatch(internals);
  });

  test('a certificate authority of somebody else', async () => {
    const { code, stderr } = await scan([], { environment: { NODE_EXTRA_CA_CERTS: denied.environment['NODE_EXTRA_CA_CERTS'] ?? '' } });
    expect(code).toBe(2);
    expect(stderr).toMatch(/Cannot read subscriptions of the tenant: .*certificate.* NODE_EXTRA_CA_CERTS\.$/m);
  });
});

describe('help', () => {
  test('names the options and exit codes', async () => {
    const { code, stdout } = await cosmosCompliance(['scan', '--help']);
    expect(code).toBe(0);
    for (const option of ['--subscription', '--management-group', '--format', '--output', '--publish', '--fail-on', '--concurrency', 'Exit codes']) expect(stdout).toContain(option);
  });

  test('the version is that of the package', async () => {
    expect(await cosmosCompliance(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n` });
  });

  test.each([[[]], [['scna']]])('%j is no command: help on standard error, and 2', async args => {
    const { code, stdout, stderr } = await cosmosCompliance(args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('cosmos-compliance');
  });
});

describe('a reader that leaves early', () => {
  test.each(['table', 'json', 'ndjson'])('is no error: --format %s', async format => {
    const many = await serveSandbox();
    const { code, stderr } = await cosmosCompliance(['scan', '--allow-incomplete', '--format', format], {
      environment: many.environment,
      whenStarted: child => child.stdout?.destroy(),
    });
    await many.stop();
    expect(stderr).not.toMatch(internals);
    expect(stderr).not.toContain('EPIPE');
    expect(code).toBe(0);
  });
});

describe('Ctrl-C', () => {
  test('ends the scan with what was read, says so, and the numbers still add up', async () => {
    const slow = await serveSandbox({ estate, latencyMs: 150 });
    const ended = await cosmosCompliance(['scan', '--format', 'json', '--concurrency', '1'], {
      environment: slow.environment,
      whenStarted: child => whenItSays(child, /^0 of 3/m, () => child.kill('SIGINT')),
    });
    await slow.stop();
    const { stdout, stderr } = endedWith(2, ended);
    expect(stderr).toContain('Ending the scan; press Ctrl-C again to stop at once.');
    expect(stderr).not.toMatch(internals);
    const { scan: summary } = Document.parse(JSON.parse(stdout));
    const { expected, scanned, denied: refused, throttled, failed, skipped } = summary.subscriptions;
    expect(expected).toBe(scanned + refused + throttled + failed + skipped);
    expect(skipped).toBeGreaterThan(0);
    expect(summary.complete).toBe(false);
  });

  test('twice stops at once', async () => {
    const slow = await serveSandbox({ estate, latencyMs: 150, faults: { intercept: () => null } });
    const ended = await cosmosCompliance(['scan', '--publish'], {
      environment: { ...slow.environment, STATE_FOLDER: temporaryFolder() },
      whenStarted: child => {
        slow.sandbox.setIngestion('hang');
        whenItSays(child, /^0 of 3/m, () => child.kill('SIGINT'));
        whenItSays(child, /again to stop/, () => child.kill('SIGINT'));
      },
    });
    await slow.stop();
    expect(ended).toMatchObject({ code: null, stdout: '' });
  });
});

test('fetch, which the SDKs would load for a question, and HTTP/2 are never loaded', async () => {
  const listing = join(temporaryFolder(), 'listing.cjs');
  writeFileSync(listing, "process.on('exit', () => process.stderr.write(process.moduleLoadList.join('\\n')));");
  const { stderr } = endedWith(0, await scan(['--format', 'json'], { environment: { NODE_OPTIONS: `--require=${listing}` } }));
  expect(stderr).toMatch(/NativeModule https$/m);
  expect(stderr.split('\n').filter(module => /internal\/deps\/undici|http2/.test(module))).toEqual([]);
});

describe('the sandbox', () => {
  test('is scanned without a setting, publishes, and says how many rows of each table arrived', async () => {
    const { stdout, stderr } = endedWith(2, await cosmosCompliance(['scan', '--sandbox']));
    expect(stdout).toContain('the sandbox (a made-up estate on this machine)');
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(/Rows that arrived at the ingestion endpoint: CosmosComplianceAssessments_CL \d{2,}, CosmosComplianceFindings_CL \d{3,}, CosmosComplianceScans_CL 12 $/);
    expect(stderr).not.toMatch(internals);
  });

  test('ignores the settings of a real Azure, and a proxy', async () => {
    const proxy = 'http://127.0.0.1:9';
    const environment = { HTTPS_PROXY: proxy, http_proxy: proxy, AZURE_CLOUD: 'china', AZURE_CLIENT_ID: guid('identity'), LOGS_RULE_ID: 'dcr-real', STATE_FOLDER: join(temporaryFolder(), 'state') };
    endedWith(0, await cosmosCompliance(['scan', '--sandbox', '--allow-incomplete', '--format', 'json', '--output', '/dev/null'], { environment }));
    expect(existsSync(environment.STATE_FOLDER)).toBe(false);
  });
});
