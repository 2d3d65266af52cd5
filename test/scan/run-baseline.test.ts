import { afterEach, describe, expect, test } from 'vitest';
import { effectiveBaseline } from '../../src/baseline/effective.ts';
import { baselineFrom } from '../../src/baseline/parse.ts';
import { allControls, tenantControls } from '../../src/controls/index.ts';
import type { Assessment } from '../../src/core/assessment.ts';
import type { Finding } from '../../src/core/finding.ts';
import type { ScanSummary } from '../../src/core/scan.ts';
import type { SandboxOptions } from '../../src/sandbox/index.ts';
import { guid } from '../../src/sandbox/estate/ids.ts';
import type { Comparison } from '../../src/core/transition.ts';
import type { Sink } from '../../src/sinks/sink.ts';
import { runScan, type ScanSettings } from '../../src/scan/run.ts';
import { connected, estateOf, named, type Connection } from '../support/connection.ts';
import { accountIn } from '../support/estates.ts';

const orders = accountIn('alpha', 'orders', { properties: { publicNetworkAccess: 'Enabled' }, tags: { environment: 'test' } });
const basket = accountIn('beta', 'basket', { properties: { publicNetworkAccess: 'Enabled' } });
const estate = estateOf([named('alpha'), named('beta')], [...orders.resources, ...basket.resources]);
const now = new Date('2026-11-20T06:00:00Z');

let azure: Connection | null = null;
afterEach(async () => {
  await azure?.stop();
  azure = null;
});

interface Scanned {
  readonly summary: ScanSummary;
  readonly assessments: readonly Assessment[];
  readonly finding: (name: string, controlId: string) => Finding | undefined;
}

async function scanned(yaml: string, settings: Partial<ScanSettings> = {}, options: Partial<SandboxOptions> = {}): Promise<Scanned> {
  azure = await connected({ estate, ...options });
  const baseline = effectiveBaseline(baselineFrom(`name: contoso\n${yaml}`, 'baseline.yaml', allControls), allControls);
  const assessments: Assessment[] = [];
  const add = async ({ assessments: given }: Comparison): Promise<void> => void assessments.push(...given.map(({ assessment }) => assessment));
  const sink: Sink = { subscription: (_scan, _result, given) => add(given), close: (_summary, others) => add(others) };
  const signal = new AbortController().signal;
  const { summary } = await runScan({ arm: azure.arm(signal), scope: { include: [], exclude: [], managementGroup: null }, baseline, concurrency: 4, signal, sinks: [sink], clock: () => now, ...settings });
  return { summary, assessments, finding: (name, controlId) => assessments.find(each => each.name === name)?.findings.find(each => each.controlId === controlId) };
}

const exempting = (scope: string, expiresOn = '2027-12-31'): string =>
  `exemptions: [{ id: public, controls: [exposure-not-public], scope: ${scope}, category: accepted-risk, reason: A demonstration., owner: jane, expiresOn: ${expiresOn} }]`;
const alpha = `{ resourceId: /subscriptions/${guid('alpha')} }`;

describe('an exemption', () => {
  test('stands on the failure it covers, on no other, and takes it out of the score of that account', async () => {
    const bare = await scanned('');
    await azure?.stop();
    const { summary, finding, assessments } = await scanned(exempting(alpha));
    expect(finding('orders', 'exposure-not-public')).toMatchObject({ status: 'fail', exemption: { id: 'public', state: 'active', owner: 'jane' } });
    expect(finding('basket', 'exposure-not-public')).toMatchObject({ status: 'fail' });
    expect(finding('basket', 'exposure-not-public')).not.toHaveProperty('exemption');
    const ceiling = (name: string, given: readonly Assessment[]): number => given.find(each => each.name === name)?.score.ceiling ?? 0;
    expect(ceiling('orders', assessments)).toBeGreaterThan(ceiling('orders', bare.assessments));
    expect(ceiling('basket', assessments)).toBe(ceiling('basket', bare.assessments));
    expect(summary.warnings).toEqual([]);
    expect(summary.baseline).toMatch(/^contoso [0-9a-f]{8}$/);
  });

  test('by tag covers accounts with that tag', async () => {
    const { finding } = await scanned(exempting('{ tag: { name: Environment, value: test } }'));
    expect(finding('orders', 'exposure-not-public')?.exemption).toBeDefined();
    expect(finding('basket', 'exposure-not-public')?.exemption).toBeUndefined();
  });

  test('that has expired changes nothing, and the scan warns of it', async () => {
    const { finding, summary } = await scanned(exempting(alpha, '2026-11-19'));
    expect(finding('orders', 'exposure-not-public')?.exemption).toMatchObject({ state: 'expired' });
    expect(summary.warnings).toEqual([expect.stringContaining('Exemption public expired on 2026-11-19')]);
  });

  test('that matches nothing is told of, where everything was read', async () => {
    const elsewhere = `{ resourceId: /subscriptions/${guid('gamma')} }`;
    expect((await scanned(exempting(elsewhere))).summary).toMatchObject({ complete: true, warnings: [expect.stringContaining('Exemption public matches nothing')] });
  });

  test('that matches nothing is not told of, where something was not read', async () => {
    const elsewhere = `{ resourceId: /subscriptions/${guid('gamma')} }`;
    const { summary } = await scanned(exempting(elsewhere), {}, { faults: { deniedSubscriptions: [guid('beta')] } });
    expect(summary).toMatchObject({ complete: false, warnings: [] });
  });

  test('for what a narrowed scan leaves out is not told of', async () => {
    const { summary } = await scanned(exempting(alpha), { scope: { include: [guid('beta')], exclude: [], managementGroup: null } });
    expect(summary).toMatchObject({ complete: true, warnings: [] });
  });
});

describe('a control', () => {
  test('that is switched off is not judged', async () => {
    const { assessments } = await scanned('controls: { exposure-not-public: { enabled: false }, mfa-required: { enabled: false } }');
    expect(assessments.flatMap(({ findings }) => findings.map(({ controlId }) => controlId)).filter(id => id === 'exposure-not-public' || id === 'mfa-required')).toEqual([]);
  });

  test('has the severity and the parameters of the baseline, and what the organisation says', async () => {
    const { finding } = await scanned('controls: { exposure-not-public: { severity: low } }\nallowedRegions: [Norway East]\nrequiredTags: [environment]');
    expect(finding('orders', 'exposure-not-public')).toMatchObject({ severity: 'low' });
    expect(finding('orders', 'regions-allowed')).toMatchObject({ status: 'fail' });
    expect(finding('orders', 'classification-tag-present')).toMatchObject({ status: 'pass' });
    expect(finding('basket', 'classification-tag-present')).toMatchObject({ status: 'fail' });
  });
});

describe('the tenant', () => {
  test('is assessed once, and waits for people', async () => {
    const { assessments, summary } = await scanned('');
    const tenants = assessments.filter(({ resourceType }) => resourceType === 'Microsoft.Resources/tenants');
    expect(tenants).toMatchObject([{ resourceId: `/tenants/${guid('test/tenant')}`, name: 'tenant', score: { floor: null, ceiling: null } }]);
    expect(tenants[0]?.findings.map(({ controlId, status }) => [controlId, status])).toEqual(tenantControls.map(({ id }) => [id, 'manual']));
    expect(summary.perimeters).toBe(0);
  });

  test('passes what somebody attests, and the scan warns when that ends', async () => {
    const { finding, summary } = await scanned('attestations: [{ control: mfa-required, by: jane, on: 2026-01-01, until: 2026-12-01, evidence: SEC-1 }]');
    expect(finding('tenant', 'mfa-required')).toMatchObject({ status: 'pass', observed: { attestation: { by: 'jane', evidence: 'SEC-1' } } });
    expect(finding('tenant', 'sso-required')).toMatchObject({ status: 'manual' });
    expect(summary.warnings).toEqual([expect.stringContaining('The attestation of mfa-required by jane ends on 2026-12-01')]);
  });
});

test('what was noticed before a scan is said first', async () => {
  const { summary } = await scanned(exempting(alpha, '2026-11-20'), { warnings: ['The baseline is old.'] });
  expect(summary.warnings).toEqual(['The baseline is old.', expect.stringContaining('Exemption public ends')]);
});
