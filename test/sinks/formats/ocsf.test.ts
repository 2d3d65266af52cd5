import { existsSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { severities } from '../../../src/core/finding.ts';
import { renderOcsf } from '../../../src/sinks/formats/ocsf.ts';
import type { ReportInput } from '../../../src/sinks/report.ts';
import { findingOf, hostileInput, reportInput, unsafeInJson } from '../../support/report-inputs.ts';
import { doorLocked } from '../../support/catalogue.ts';
import { assessment, summary } from '../../support/results.ts';
import { ocsfSchema } from './ocsf-schema.ts';

const text = (input: ReportInput): string => [...renderOcsf(input)].join('');

const Event = z.looseObject({
  severity_id: z.int(),
  severity: z.string(),
  status_id: z.int(),
  status: z.string(),
  status_code: z.string(),
  metadata: z.looseObject({ uid: z.string(), event_code: z.string() }),
  finding_info: z.looseObject({ uid: z.string(), title: z.string() }),
  resources: z.array(z.looseObject({ uid: z.string(), tags: z.array(z.object({ name: z.string(), value: z.string() })).optional() })),
  compliance: z.looseObject({ control: z.string(), status_id: z.int(), status: z.string(), standards: z.array(z.string()), requirements: z.array(z.string()), status_details: z.array(z.string()) }),
  unmapped: z.looseObject({ observed: z.unknown().optional(), scan: z.object({ complete: z.boolean() }).loose() }),
});

function eventsOf(input: ReportInput) {
  return text(input).split('\n').slice(0, -1).map(line => Event.parse(JSON.parse(line)));
}

const ajv = addFormats(new Ajv({ strict: false, allErrors: true }));
const validate = ajv.compile(ocsfSchema);

function problemsOf(input: ReportInput): unknown[] {
  return text(input).split('\n').slice(0, -1).flatMap(line => (validate(JSON.parse(line)) ? [] : [validate.errors]));
}

describe('events', () => {
  test('are one JSON object per line, each a Compliance Finding by the schema', () => {
    expect(problemsOf(reportInput())).toEqual([]);
    for (const event of eventsOf(reportInput())) expect([event['class_uid'], event['activity_id'], event['type_uid']]).toEqual([2003, 1, 200301]);
    expect(text(reportInput()).endsWith('}\n')).toBe(true);
  });

  test('are valid by schemas exported from OCSF, where OCSF_SCHEMAS names the files', () => {
    const files = (process.env['OCSF_SCHEMAS'] ?? '').split(',').filter(file => existsSync(file));
    if (files.length === 0) console.log('SKIPPED: OCSF_SCHEMAS does not name JSON Schemas of the class compliance_finding with the profile cloud.');
    for (const file of files) {
      const official = addFormats(new Ajv({ strict: false, allErrors: true })).compile(z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(file, 'utf8'))));
      for (const input of [reportInput(), ...fc.sample(hostileInput, { numRuns: 20, seed: 1 })]) {
        for (const line of text(input).split('\n').slice(0, -1)) expect(official(JSON.parse(line)) ? [] : official.errors, file).toEqual([]);
      }
    }
  });

  test.each([
    ['no class', { class_uid: undefined }],
    ['another class', { class_uid: 2004 }],
    ['a time in seconds', { time: 1_795_154_400 }],
    ['a severity that OCSF does not know', { severity_id: 7 }],
    ['an attribute that OCSF does not know', { resource_id: 'x' }],
    ['a cloud without a provider', { cloud: { region: 'westeurope' } }],
  ])('the schema refuses %s', (_, change) => {
    const [line = ''] = text(reportInput()).split('\n');
    const event = { ...Event.parse(JSON.parse(line)), ...change };
    expect(validate(JSON.parse(JSON.stringify(event)))).toBe(false);
  });

  test('are one for each finding and one for everything that was not read, each with an id of its own', () => {
    const events = eventsOf(reportInput());
    expect(events).toHaveLength(2 + reportInput().assessments.flatMap(({ findings }) => findings).length);
    expect(new Set(events.map(({ metadata }) => metadata.uid)).size).toBe(events.length);
  });

  test.each([
    ['fails', 'exposure-not-public', 'critical', { compliance: { status_id: 3, status: 'Fail', status_code: 'fail' }, status_id: 3, status: 'Suppressed' }],
    ['fails and is not exempted any more', 'locks-there', 'low', { compliance: { status_id: 3, status: 'Fail' }, status_id: 1, status: 'New' }],
    ['passes', 'tls-modern', 'low', { compliance: { status_id: 1, status: 'Pass', status_code: 'pass' }, status_id: 99 }],
    ['is unknown', 'keys-rotated', 'medium', { compliance: { status_id: 2, status: 'Warning', status_code: 'unknown' }, status_id: 1, status: 'New' }],
    ['waits for a person', 'guard-awake', 'medium', { compliance: { status_id: 99, status: 'Manual', status_code: 'manual' }, status_id: 1 }],
  ])('say of what %s', (_, control, severity, expected) => {
    const event = eventsOf(reportInput()).find(({ metadata, resources }) => metadata.event_code === control && !resources.some(({ uid }) => uid.endsWith('Basket')));
    expect(event).toMatchObject(expected);
    expect(event?.severity_id).toBe(5 - severities.findIndex(each => each === severity));
  });

  test.each([['critical', 5, 'Critical'], ['high', 4, 'High'], ['medium', 3, 'Medium'], ['low', 2, 'Low'], ['info', 1, 'Informational']] as const)('of severity %s have the number %i', (severity, id, caption) => {
    const [event] = eventsOf(reportInput({ summary: summary({ gaps: [] }), subscriptions: [], assessments: [assessment({ findings: [findingOf('/a', 'door-locked', { severity })] })] }));
    expect([event?.severity_id, event?.severity]).toEqual([id, caption]);
  });

  test.each([
    ['no map', {}, []],
    ['one of each', { azurePolicy: [{ id: 'p', name: 'P' }], mcsb: ['NS-1'], cis: [{ benchmark: 'CIS 1', id: '2' }], nist: ['AC-1'] }, ['Azure Policy', 'Microsoft cloud security benchmark v1', 'CIS 1', 'NIST SP 800-53 r5']],
  ])('of a control with %s name its standards', (_, maps, expected) => {
    const input = reportInput({ summary: summary({ gaps: [] }), subscriptions: [], requirements: [], controls: [{ ...doorLocked, maps }], assessments: [assessment({ findings: [findingOf('/a', 'door-locked')] })] });
    expect(eventsOf(input)[0]?.compliance.standards).toEqual(expected);
  });

  test('say of what does not apply that it is nothing to review', () => {
    expect(eventsOf(reportInput()).find(({ status_code: code }) => code === 'notApplicable')).toMatchObject({ compliance: { status_id: 99, status: 'Not applicable' }, status_id: 99, status: 'Nothing to review' });
  });

  test('carry the resource, where it is, who owns it, what answers what, and how to fix it', () => {
    const event = eventsOf(reportInput()).find(({ metadata, status_code: code }) => metadata.event_code === 'door-locked' && code === 'fail');
    expect(event).toMatchObject({
      time: Date.UTC(2026, 10, 20, 6),
      cloud: { provider: 'Azure', cloud_partition: 'AzureCloud', region: 'westeurope', account: { uid: '11111111-1111-1111-1111-111111111111', name: 'production', type_id: 13 } },
      resources: [{ name: 'orders', type: 'Microsoft.DocumentDB/databaseAccounts', region: 'westeurope', owner: { name: 'data@contoso.com' }, tags: [{ name: 'Owner', value: 'data@contoso.com' }, { name: 'env', value: 'production' }] }],
      finding_info: { title: 'The door is locked.', desc: 'An open door lets in *anybody*, a<b>ll of them | really.' },
      remediation: { desc: 'Turn the <key>, as in `lock <door_id>`.', references: ['https://example.org/doors'] },
      unmapped: { observed: { open: true }, exposure: { reach: 'internet' } },
    });
    expect(event?.compliance.requirements).toEqual(['ASB NS-1', 'Azure Policy 00000000-0000-0000-0000-000000000001', 'MCSB NS-1', 'MCSB NS-2', 'CIS House Benchmark 1.0 4.2', 'NIST SP 800-53 r5 PE-3']);
    expect(event?.compliance.standards).toEqual(['Azure Security Baseline for Cosmos DB', 'Azure Policy', 'Microsoft cloud security benchmark v1', 'CIS House Benchmark 1.0', 'NIST SP 800-53 r5']);
  });

  test('say of what is unknown which permission would change it, and of the scan that it is incomplete', () => {
    const event = eventsOf(reportInput()).find(({ status_code: code }) => code === 'unknown');
    expect(event?.compliance.status_details).toEqual(['Not known: Cannot read it.', 'account: denied, needs Microsoft.DocumentDB/databaseAccounts/read', 'locks: throttled']);
    expect(event?.unmapped.scan.complete).toBe(false);
  });

  test('say of what was not read which permission would change it, where one would', () => {
    const missing = eventsOf(reportInput()).filter(({ metadata }) => metadata.event_code === 'not-read');
    expect(missing.map(event => event['remediation'])).toEqual([undefined, { desc: 'Grant Microsoft.Network/networkSecurityPerimeters/read to the identity that scans.' }]);
  });

  test('tell what was not read apart from what was judged', () => {
    const missing = eventsOf(reportInput()).filter(({ metadata }) => metadata.event_code === 'not-read');
    expect(missing.map(({ finding_info: { title }, compliance: { status }, severity, resources }) => [title, status, severity, resources.map(({ uid }) => uid)])).toEqual([
      ['Subscription treasury was not read.', 'Warning', 'Unknown', ['/subscriptions/22222222-2222-2222-2222-222222222222']],
      ['Something the scan should have seen could not be read.', 'Warning', 'Unknown', []],
    ]);
  });

  test.each([['usgovernment', 'AzureUSGovernment'], ['china', 'AzureChinaCloud'], ['custom', undefined]])('name the partition of the cloud %s', (cloud, partition) => {
    const [event] = eventsOf(reportInput({ summary: summary({ cloud, gaps: [] }), subscriptions: [], assessments: [assessment({ findings: [findingOf('/a', 'door-locked')] })] }));
    expect(event?.['cloud']).toEqual({ provider: 'Azure', region: 'westeurope', account: expect.any(Object), ...(partition !== undefined && { cloud_partition: partition }) });
  });
});

describe('laws', () => {
  test('hostile text changes nothing but texts', () => {
    fc.assert(
      fc.property(hostileInput, input => {
        expect(problemsOf(input)).toEqual([]);
        const lines = text(input);
        expect(unsafeInJson(lines)).toEqual([]);
        expect(eventsOf(input).map(({ metadata, status_code: code }) => [metadata.event_code, code]).toSorted()).toEqual(eventsOf(reportInput()).map(({ metadata, status_code: code }) => [metadata.event_code, code]).toSorted());
      }),
      { numRuns: 100 },
    );
  });

  test('the order of what comes in does not matter', () => {
    const input = reportInput();
    const turned = { ...input, assessments: input.assessments.toReversed().map(each => ({ ...each, findings: each.findings.toReversed() })), subscriptions: input.subscriptions.toReversed() };
    expect(text(turned)).toBe(text(input));
  });
});
