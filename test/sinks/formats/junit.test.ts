import * as fc from 'fast-check';
import { Window, type Document, type Element } from 'happy-dom';
import { afterAll, describe, expect, test } from 'vitest';
import { renderJunit } from '../../../src/sinks/formats/junit.ts';
import type { ReportInput } from '../../../src/sinks/report.ts';
import { hostileInput, reportInput } from '../../support/report-inputs.ts';
import { result, summary } from '../../support/results.ts';

const window = new Window();
afterAll(() => window.happyDOM.close());

const text = (input: ReportInput): string => [...renderJunit(input)].join('');

/** What XML 1.0 allows: https://www.w3.org/TR/xml/#charsets */
const xmlText = /^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u;

function parse(xml: string): Document {
  expect(xml).toMatch(xmlText);
  const document = new window.DOMParser().parseFromString(xml, 'application/xml');
  expect(document.querySelector('parsererror')?.textContent ?? null).toBeNull();
  return document;
}

/** What an element may have, by junit-10.xsd of the Jenkins xUnit plugin: required attributes, others, children. */
const grammar: Readonly<Record<string, { readonly required: readonly string[]; readonly optional: readonly string[]; readonly children: readonly string[] }>> = {
  testsuites: { required: [], optional: ['name', 'time', 'tests', 'failures', 'errors'], children: ['testsuite'] },
  testsuite: {
    required: ['name', 'tests', 'failures', 'errors'],
    optional: ['group', 'time', 'skipped', 'timestamp', 'hostname', 'id', 'package', 'file', 'log', 'url'],
    children: ['testsuite', 'properties', 'testcase', 'system-out', 'system-err'],
  },
  properties: { required: [], optional: [], children: ['property'] },
  property: { required: ['name', 'value'], optional: [], children: [] },
  testcase: { required: ['name'], optional: ['time', 'classname', 'group'], children: ['skipped', 'error', 'failure', 'system-out', 'system-err'] },
  ...Object.fromEntries(['skipped', 'error', 'failure'].map(name => [name, { required: [], optional: ['type', 'message'], children: [] }])),
};

function violations(element: Element): string[] {
  const name = element.tagName;
  const rule = grammar[name];
  if (!rule) return [`${name} is not known`];
  const attributes = element.getAttributeNames();
  const allowed = new Set([...rule.required, ...rule.optional]);
  return [
    ...rule.required.filter(each => !attributes.includes(each)).map(each => `${name} lacks ${each}`),
    ...attributes.filter(each => !allowed.has(each)).map(each => `${name} has ${each}`),
    ...[...element.children].filter(child => !rule.children.includes(child.tagName)).map(child => `${name} holds ${child.tagName}`),
    ...[...element.children].flatMap(violations),
  ];
}

function counts(element: Element): Record<string, number> {
  return { tests: element.querySelectorAll('testcase').length, failures: element.querySelectorAll('failure').length, errors: element.querySelectorAll('error').length };
}

function stated(element: Element): Record<string, number> {
  return Object.fromEntries(['tests', 'failures', 'errors'].map(name => [name, Number(element.getAttribute(name))]));
}

/** Name, outcome and message of every case of a suite. */
function cases(document: Document, suite: string): (string | null)[][] {
  const found = [...document.querySelectorAll('testsuite')].find(each => each.getAttribute('name') === suite);
  return [...(found?.querySelectorAll('testcase') ?? [])].map(each => [each.getAttribute('name'), each.firstElementChild?.tagName ?? 'passed', each.firstElementChild?.getAttribute('type') ?? null, each.firstElementChild?.getAttribute('message') ?? null]);
}

const [account, basket, , tenant] = reportInput().assessments.map(({ resourceId }) => resourceId);

describe('the report', () => {
  test('holds what Jenkins and Surefire allow, and its counts are right', () => {
    const document = parse(text(reportInput()));
    expect(violations(document.documentElement)).toEqual([]);
    for (const element of [document.documentElement, ...document.querySelectorAll('testsuite')]) expect(stated(element)).toEqual(counts(element));
    expect([...document.querySelectorAll('testsuite')].map(suite => [suite.getAttribute('timestamp'), suite.querySelectorAll('skipped').length])).toEqual([
      ['2026-11-20T06:00:00', 0],
      ['2026-11-20T06:00:00', 1],
      ['2026-11-20T06:00:00', 1],
      ['2026-11-20T06:00:00', 0],
      ['2026-11-20T06:00:00', 1],
    ]);
  });

  test.each<[string, string, readonly (readonly (string | null)[])[]]>([
    [
      'an account',
      account ?? '',
      [
        ['door-locked', 'failure', 'high', 'The door is open.'],
        ['exposure-not-public', 'skipped', 'exempted', 'exempted (accepted-risk, data@contoso.com, until 2026-12-31; otherwise fail): Everybody can reach it.'],
        ['keys-rotated', 'error', 'denied throttled', 'Not known: Cannot read it.'],
        ['locks-there', 'failure', 'low', 'No lock.'],
        ['tls-modern', 'passed', null, null],
      ],
    ],
    ['what does not apply', basket ?? '', [['door-locked', 'passed', null, null], ['keys-rotated', 'skipped', 'notApplicable', 'not applicable: It accepts no keys.']]],
    ['what people attest', tenant ?? '', [['guard-awake', 'skipped', 'manual', 'to be attested by a person: Nobody has attested it.']]],
    [
      'the scan',
      'scan',
      [
        ['the scan is complete', 'error', 'incomplete', 'The scan is incomplete.'],
        ['subscription production (11111111-1111-1111-1111-111111111111) was read', 'passed', null, null],
        ['subscription treasury (22222222-2222-2222-2222-222222222222) was read', 'error', 'denied', 'Cannot read accounts.'],
        ['nothing is missing: Cannot list perimeters.', 'error', 'denied', 'Cannot list perimeters.'],
      ],
    ],
  ])('says of %s', (_, suite, expected) => {
    expect(cases(parse(text(reportInput())), suite)).toEqual(expected);
  });

  test('explains a failure: what was observed, how to fix it, what ended', () => {
    const [door, , ended] = [...parse(text(reportInput())).querySelectorAll('failure, error[type="denied throttled"]')].slice(0).map(({ textContent }) => textContent);
    expect(door).toContain('Fix: Turn the <key>, as in `lock <door_id>`.\nObserved: {"open":true}\nSeverity: high. Requirements: ASB NS-1.');
    expect(ended).toContain('Exemption legacy ended on 2026-11-01.');
    const unknown = [...parse(text(reportInput())).querySelectorAll('error')].map(({ textContent }) => textContent).join('\n');
    expect(unknown).toContain('account: denied, needs Microsoft.DocumentDB/databaseAccounts/read');
  });

  test('of a complete scan without findings has passing cases, so that nothing looks like no test at all', () => {
    const document = parse(text(reportInput({ assessments: [], subscriptions: [result()], summary: summary({ complete: true, gaps: [] }) })));
    expect(cases(document, 'scan').map(([, outcome]) => outcome)).toEqual(['passed', 'passed']);
  });
});

describe('laws', () => {
  const shape = (element: Element): unknown => [element.tagName, element.getAttributeNames(), [...element.children].map(shape)];
  const plain = shape(parse(text(reportInput())).documentElement);

  test('hostile text changes texts and nothing else', () => {
    fc.assert(
      fc.property(hostileInput, input => {
        const xml = text(input);
        expect(shape(parse(xml).documentElement)).toEqual(plain);
        expect(/[\u007F-\u009F]/.test(xml)).toBe(false);
      }),
      { numRuns: 100 },
    );
  });

  test('a message comes back as it was, where XML can say it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), message => {
        const input = reportInput();
        const [first] = input.assessments;
        if (!first) throw new Error('There is an assessment.');
        const document = parse(text({ ...input, assessments: [{ ...first, findings: first.findings.map(each => ({ ...each, message })) }] }));
        expect(document.querySelector('failure')?.getAttribute('message')).toBe(message.replaceAll(/[\u007F-\u009F]/g, '\uFFFD'));
      }),
      { numRuns: 50 },
    );
  });

  test('the order of what comes in does not matter', () => {
    const input = reportInput();
    const turned = { ...input, assessments: input.assessments.toReversed().map(each => ({ ...each, findings: each.findings.toReversed() })), subscriptions: input.subscriptions.toReversed() };
    expect(text(turned)).toBe(text(input));
  });
});
