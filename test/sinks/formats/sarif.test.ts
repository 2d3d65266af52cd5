import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import AjvDraft04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { allControls } from '../../../src/controls/index.ts';
import { severities } from '../../../src/core/finding.ts';
import { renderSarif, type SarifOptions } from '../../../src/sinks/formats/sarif.ts';
import type { ReportInput } from '../../../src/sinks/report.ts';
import { doorLocked } from '../../support/catalogue.ts';
import { assessment, result, summary } from '../../support/results.ts';
import { exempted, findingOf, gaps, hostileInput, reportInput, unsafeInJson } from '../../support/report-inputs.ts';
import { sarifSchema } from './sarif-schema.ts';

const text = (input: ReportInput, options?: SarifOptions): string => [...renderSarif(input, options)].join('');

const Result = z.looseObject({
  ruleId: z.string(),
  ruleIndex: z.int(),
  kind: z.string(),
  level: z.string(),
  message: z.object({ text: z.string() }),
  locations: z.array(z.object({ physicalLocation: z.object({ artifactLocation: z.object({ uri: z.string() }).loose() }).loose(), logicalLocations: z.array(z.object({ fullyQualifiedName: z.string() }).loose()) })),
  partialFingerprints: z.record(z.string(), z.string()),
  suppressions: z.array(z.object({ justification: z.string() }).loose()),
  properties: z.looseObject({ status: z.string(), severity: z.enum(severities) }),
});
const Rule = z.looseObject({ id: z.string(), helpUri: z.string().optional(), help: z.object({ text: z.string(), markdown: z.string() }).optional(), properties: z.looseObject({ tags: z.array(z.string()), 'security-severity': z.string() }) });
const Invocation = z.object({ executionSuccessful: z.boolean(), toolExecutionNotifications: z.array(z.looseObject({ level: z.string(), message: z.object({ text: z.string() }) })) }).loose();
const Log = z.object({ runs: z.tuple([z.looseObject({ tool: z.object({ driver: z.looseObject({ rules: z.array(Rule) }) }), results: z.array(Result), invocations: z.tuple([Invocation]) })]) }).loose();

function runOf(input: ReportInput, options?: SarifOptions) {
  const [{ tool, results, invocations: [invocation] }] = Log.parse(JSON.parse(text(input, options))).runs;
  return { rules: tool.driver.rules, results, invocation };
}

const ajv = addFormats(new Ajv({ strict: false, allErrors: true }));
const validate = ajv.compile(sarifSchema);

function problemsOf(log: string): unknown {
  return validate(JSON.parse(log)) ? [] : validate.errors;
}

describe('the log', () => {
  test.each([
    ['everything there is', reportInput()],
    ['the whole catalogue', reportInput({ controls: allControls })],
    ['nothing', reportInput({ assessments: [], subscriptions: [], controls: [], requirements: [], portal: null, summary: summary({ complete: true, gaps: [] }) })],
  ])('holds what the specification asks of %s', (_, input) => {
    expect(problemsOf(text(input))).toEqual([]);
    expect(problemsOf(text(input, { passes: true }))).toEqual([]);
  });

  test('is valid by the schema of OASIS, where SARIF_SCHEMA names the file', () => {
    const file = process.env['SARIF_SCHEMA'];
    if (file === undefined) {
      console.log('SKIPPED: SARIF_SCHEMA does not name sarif-schema-2.1.0.json of https://github.com/oasis-tcs/sarif-spec.');
      return;
    }
    const official = addFormats(new AjvDraft04({ strict: false, allErrors: true })).compile(z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(file, 'utf8'))));
    for (const input of [reportInput({ controls: allControls }), ...fc.sample(hostileInput, { numRuns: 30, seed: 1 })]) expect(official(JSON.parse(text(input, { passes: true }))) ? [] : official.errors).toEqual([]);
  });

  test.each([
    ["a level that is none of SARIF's", (log: string) => log.replace('"level":"error"', '"level":"critical"')],
    ['something unknown with a level', (log: string) => log.replace('"kind":"open","level":"none"', '"kind":"open","level":"error"')],
    ['a property that SARIF does not know', (log: string) => log.replace('"columnKind"', '"columns"')],
    ['no word on how the scan ended', (log: string) => log.replace('"executionSuccessful"', '"successful"')],
  ])('the schema refuses %s', (_, change) => {
    const log = text(reportInput());
    expect(change(log)).not.toBe(log);
    expect(problemsOf(change(log))).not.toEqual([]);
  });
});

describe('results', () => {
  test('are what fails, what is unknown and what a person has to attest, the worst first and the exempted last', () => {
    expect(runOf(reportInput()).results.map(({ ruleId, kind, level, suppressions }) => [ruleId, kind, level, suppressions.length])).toEqual([
      ['door-locked', 'fail', 'error', 0],
      ['keys-rotated', 'open', 'none', 0],
      ['guard-awake', 'review', 'none', 0],
      ['locks-there', 'fail', 'note', 0],
      ['perimeter-in-use', 'fail', 'note', 0],
      ['exposure-not-public', 'fail', 'error', 1],
    ]);
  });

  test('of one severity come as they are urgent, and what passes after everything else', () => {
    const findings = (['pass', 'notApplicable', 'manual', 'unknown', 'fail'] as const).map((status, index) => findingOf('/a', `c-${index}`, { status, severity: 'critical', ...(status === 'unknown' && { gaps }) }));
    const minor = findingOf('/a', 'c-9', { severity: 'info', ...exempted('2026-12-31') });
    const { results } = runOf(reportInput({ assessments: [assessment({ findings: [...findings, minor] })] }), { passes: true });
    expect(results.map(({ properties: { status, severity } }) => [status, severity])).toEqual([['fail', 'critical'], ['unknown', 'critical'], ['manual', 'critical'], ['fail', 'info'], ['notApplicable', 'critical'], ['pass', 'critical']]);
  });

  test('carry the values that were observed, and what is missing where something is', () => {
    const [door, keys] = runOf(reportInput()).results;
    expect([door?.properties['observed'], door?.properties['gaps'], keys?.properties['gaps']]).toEqual([{ open: true }, undefined, gaps]);
  });

  test('are what passes and what does not apply as well, when asked for', () => {
    const { results } = runOf(reportInput(), { passes: true });
    expect(results).toHaveLength(reportInput().assessments.flatMap(({ findings }) => findings).length);
    expect(results.filter(({ kind }) => kind === 'pass').map(({ properties: { status } }) => status)).toEqual(['pass', 'pass']);
    expect(results.filter(({ kind }) => kind === 'notApplicable')).toHaveLength(1);
  });

  test.each(severities.map(severity => [severity] as const))('a failure of severity %s has the level of it', severity => {
    const expected = { critical: 'error', high: 'error', medium: 'warning', low: 'note', info: 'note' };
    const input = reportInput({ assessments: [assessment({ findings: [findingOf('/a', 'door-locked', { severity })] })] });
    const { results, rules } = runOf(input);
    expect(results.map(({ level }) => level)).toEqual([expected[severity]]);
    const rule = rules.find(({ id }) => id === 'door-locked');
    expect(rule?.properties.tags, 'as the baseline has it, not the catalogue').toContain(severity);
    expect([[9, 10.1], [7, 9], [4, 7], [1, 4], [0, 1]][severities.indexOf(severity)]?.map((bound, index) => (index === 0 ? Number(rule?.properties['security-severity']) > bound - 0.001 : Number(rule?.properties['security-severity']) < bound))).toEqual([true, true]);
  });

  test('name the rule, the resource and what tells them from others in every scan', () => {
    const { results, rules } = runOf(reportInput());
    expect(results.map(({ ruleId, ruleIndex }) => rules[ruleIndex]?.id === ruleId)).not.toContain(false);
    const [first] = results;
    expect(first?.locations[0]?.physicalLocation.artifactLocation.uri).toMatch(/^subscriptions\/[0-9a-f-]+\/resourcegroups\/[^/]+\/providers\/microsoft\.documentdb\/databaseaccounts\/orders$/);
    expect(first?.locations[0]?.physicalLocation['region']).toEqual({ startLine: 1 });
    expect(first?.locations[0]?.logicalLocations[0]?.fullyQualifiedName).toBe(reportInput().assessments[0]?.resourceId);
    expect(first?.partialFingerprints).toEqual({ 'findingId/v1': reportInput().assessments[0]?.findings[0]?.id, primaryLocationLineHash: `${reportInput().assessments[0]?.findings[0]?.id}:1` });
    expect(first?.['hostedViewerUri']).toMatch(/^https:\/\/portal\.azure\.com\/#resource\/subscriptions\//);
    expect(first?.message.text).toBe('orders: The door is open.');
  });

  test('say who accepted an exempted failure and until when, and nothing of an exemption that ended', () => {
    const { results } = runOf(reportInput());
    expect(results.flatMap(({ suppressions }) => suppressions)).toEqual([{ kind: 'external', status: 'accepted', justification: 'accepted-risk until 2026-12-31, data@contoso.com: It moves in spring. (exemption legacy)' }]);
  });

  test('stop where GitHub would refuse the file, the worst kept and the others counted', () => {
    const { results, invocation } = runOf(reportInput(), { most: 2 });
    expect(results.map(({ ruleId }) => ruleId)).toEqual(['door-locked', 'keys-rotated']);
    expect(invocation.toolExecutionNotifications.map(({ message }) => message.text)).toContain('4 results, the least severe, are left out: more would not be loaded.');
  });

  test('of 30,000 findings are 25,000, in under 10 MB when compressed as GitHub wants it', async () => {
    const { gzipSync } = await import('node:zlib');
    const id = reportInput().assessments[0]?.resourceId ?? '';
    const findings = Array.from({ length: 100 }, (_, index) => findingOf(id, `control-${index}`));
    const many = reportInput({ assessments: Array.from({ length: 300 }, (_, index) => assessment({ resourceId: `${id}-${index}`, findings: findings.map(each => ({ ...each, id: `${each.id}${index}` })) })) });
    const log = text(many);
    expect(Log.parse(JSON.parse(log)).runs[0].results).toHaveLength(25_000);
    expect(gzipSync(log).length).toBeLessThan(10_000_000);
  });
});

describe('rules', () => {
  test('are the catalogue, and what else was judged', () => {
    const { rules } = runOf(reportInput());
    expect(rules.map(({ id }) => id)).toEqual(['door-locked', 'exposure-not-public', 'guard-awake', 'keys-rotated', 'locks-there', 'perimeter-in-use', 'tls-modern']);
  });

  test('of what people check carry the steps, and of everything else the command', () => {
    const { rules } = runOf(reportInput({ assessments: [] }));
    expect(rules.map(({ id, help }) => [id, help])).toEqual([
      [
        'door-locked',
        {
          text: 'The door is locked.\n\nWhy: An open door lets in *anybody*, a<b>ll of them | really.\n\nFix: Turn the <key>, as in `lock <door_id>`.\n\nAzure CLI:\naz door lock --ids <door-id>\n\nBicep:\nproperties: {\n  locked: true\n}\n\nRequirements: ASB NS-1, SEC network-security\n\nReferences:\nhttps://example.org/doors',
          markdown: '**The door is locked.**\n\nAn open door lets in *anybody*, a<b>ll of them | really.\n\n### Fix\n\nTurn the <key>, as in `lock <door_id>`.\n\n```azurecli\naz door lock --ids <door-id>\n```\n\n```bicep\nproperties: {\n  locked: true\n}\n```\n\nRequirements: ASB NS-1, SEC network-security\n\n- <https://example.org/doors>',
        },
      ],
      [
        'guard-awake',
        {
          text: 'The guard is awake.\n\nWhy: A guard who sleeps guards nothing.\n\nProcedure:\n1. Ask the log who slept:\nGuards\n| where state_s == "asleep"\n2. Record what you saw.\n\nFix: Wake the guard.\n\nRequirements: SEC respond-to-attacks\n\nReferences:\nhttps://example.org/guards',
          markdown: '**The guard is awake.**\n\nA guard who sleeps guards nothing.\n\n### Procedure\n\n1. Ask the log who slept:\n   Guards\n   | where state_s == "asleep"\n2. Record what you saw.\n\n### Fix\n\nWake the guard.\n\nRequirements: SEC respond-to-attacks\n\n- <https://example.org/guards>',
        },
      ],
    ]);
  });

  test('have as many tags as GitHub takes, and all requirements as properties', () => {
    const requirements: [string, ...string[]] = ['ASB NS-1', ...Array.from({ length: 29 }, (_, index) => `NSP ${index}`)];
    const [rule] = runOf(reportInput({ assessments: [], controls: [{ ...doorLocked, requirements }] })).rules;
    expect([rule?.properties.tags.length, rule?.properties['requirements']]).toEqual([20, requirements]);
  });

  test("carry help, a link, tags within GitHub's limit, and every requirement among their properties", () => {
    for (const { id, help, helpUri, properties: { tags, requirements } } of runOf(reportInput({ assessments: [], controls: allControls })).rules) {
      expect(helpUri, id).toMatch(/^https:\/\//);
      expect(help?.markdown, id).toContain('### Fix');
      expect(help?.text.length, id).toBeGreaterThan(100);
      expect(tags.length, id).toBeLessThanOrEqual(20);
      expect(tags, id).toContain('security');
      expect(requirements, id).toEqual(allControls.find(control => control.id === id)?.requirements);
    }
  });
});

describe('a scan', () => {
  test('that is incomplete was not successful, and says of everything that it was not read', () => {
    const { invocation } = runOf(reportInput());
    expect(invocation.executionSuccessful).toBe(false);
    expect(invocation.toolExecutionNotifications.map(({ level, message }) => [level, message.text])).toEqual([
      ['error', 'Subscription treasury was not read (denied). Cannot read accounts.'],
      ['error', 'Not read (denied). Cannot list perimeters. Needs Microsoft.Network/networkSecurityPerimeters/read.'],
      ['warning', 'An exemption ends tomorrow.'],
    ]);
  });

  test('that is complete was successful', () => {
    const { invocation } = runOf(reportInput({ subscriptions: [result()], summary: summary({ complete: true, gaps: [] }) }));
    expect(invocation).toMatchObject({ executionSuccessful: true, toolExecutionNotifications: [] });
  });
});

describe('laws', () => {
  test('hostile text changes nothing but texts: no link, no placeholder, no control character, nothing that strict parsers refuse', () => {
    fc.assert(
      fc.property(hostileInput, input => {
        const log = text(input, { passes: true });
        expect(problemsOf(log)).toEqual([]);
        expect(unsafeInJson(log)).toEqual([]);
        for (const { message } of runOf(input, { passes: true }).results) {
          expect(message.text).not.toContain('](');
          expect(message.text.replaceAll('{{', '').replaceAll('}}', '')).not.toMatch(/[{}]/);
        }
        expect(runOf(input, { passes: true }).results).toHaveLength(runOf(reportInput(), { passes: true }).results.length);
      }),
      { numRuns: 100 },
    );
  });

  test('the order of what comes in does not matter', () => {
    const input = reportInput();
    const turned = { ...input, controls: input.controls.toReversed(), assessments: input.assessments.toReversed().map(each => ({ ...each, findings: each.findings.toReversed() })), subscriptions: input.subscriptions.toReversed() };
    expect(text(turned)).toBe(text(input));
  });
});
