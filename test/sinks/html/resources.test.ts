import { describe, expect, test } from 'vitest';
import type { Assessment } from '../../../src/core/assessment.ts';
import type { Finding } from '../../../src/core/finding.ts';
import { rangesOf } from '../../../src/sinks/html/findings.ts';
import { renderHtml } from '../../../src/sinks/html/index.ts';
import { guardAwake } from '../../support/catalogue.ts';
import { assessment, finding } from '../../support/results.ts';
import { account, input, parsed, rendered, rowsOf, unknownFinding, wordsOf, type Parsed } from './input.ts';

const exemption = { id: 'later', category: 'accepted-risk', reason: 'So.', owner: 'team', expiresOn: '2027-01-01' } as const;
const facts = (document: Parsed): Readonly<Record<string, string>> => Object.fromEntries(document.all('.facts > div').map(each => [...each.children].map(child => child.textContent.replaceAll(/\s+/g, ' ').trim())) as [string, string][]);
const rows = (...findings: readonly Finding[]): readonly (readonly string[])[] => rowsOf(rendered({ assessments: [account('orders', { findings })] }).one('.findings'));

describe('findings', () => {
  test('stand together as they stand, the gravest first, then by severity and name', () => {
    const given = [
      finding({ controlId: 'd', status: 'pass', severity: 'low' }),
      finding({ controlId: 'c', severity: 'low' }),
      unknownFinding({ controlId: 'e' }),
      finding({ controlId: 'b', severity: 'critical' }),
      finding({ controlId: 'a', severity: 'low' }),
      finding({ controlId: 'f', status: 'notApplicable' }),
      finding({ controlId: 'g', status: 'manual' }),
      finding({ controlId: 'h', exemption: { ...exemption, state: 'active' } }),
    ];
    expect(rows(...given).map(([first = '', second = '']) => (second === '' ? first : second.slice(0, 1)))).toEqual(['Fail 3', 'b', 'a', 'c', 'Unknown 1', 'e', 'To attest 1', 'g', 'Exempted 1', 'h', 'Pass 1', 'd', 'Not applicable 1', 'f']);
  });

  test.each<[what: string, given: Finding, row: readonly string[]]>([
    ['a failure', finding(), ['Critical', 'exposure-not-public Everybody can reach it. reach: "internet"', '1']],
    ['an unknown', unknownFinding(), ['Critical', 'exposure-not-public Not known: Cannot read associations.', '']],
    ['several values', finding({ observed: { a: 1, b: [true, null], c: { d: '<x>' } } }), ['Critical', 'exposure-not-public Everybody can reach it. a: 1, b: [true,null], c: {"d":"<x>"}', '1']],
    ['many values, behind a click', finding({ observed: { a: 'x'.repeat(200), b: 1 } }), ['Critical', `exposure-not-public Everybody can reach it.Observed: a, ba: "${'x'.repeat(200)}" b: 1`, '1']],
    ['an exempted failure', finding({ exemption: { ...exemption, state: 'active' } }), ['Critical', 'exposure-not-public Fail. Everybody can reach it. Exempted until 2027-01-01 (later) reach: "internet"', '1']],
    ['an exempted unknown', unknownFinding({ exemption: { ...exemption, state: 'active' } }), ['Critical', 'exposure-not-public Unknown. Not known: Cannot read associations. Exempted until 2027-01-01 (later)', '']],
    ['an exemption that ended', finding({ exemption: { ...exemption, state: 'expired' } }), ['Critical', 'exposure-not-public Everybody can reach it. Its exemption ended on 2027-01-01 (later) reach: "internet"', '1']],
  ])('%s', (_, given, row) => {
    expect(rows(given)[1]).toEqual(row);
  });

  test('rest on requests that are written out once, and shortened by what the resource says already', () => {
    const own = account('orders').resourceId;
    const sources = [`GET ${own}/providers/x?api-version=1`, 'GET /subscriptions/11111111-1111-1111-1111-111111111111/providers/y', 'POST /z'];
    const document = rendered({ assessments: [account('orders', { findings: [finding({ sources }), finding({ controlId: 'other', sources: [sources[2] ?? ''] })] })] });
    expect(document.all('.requests li').map(wordsOf)).toEqual(['GET {subscription}/providers/y', 'GET {id}/providers/x?api-version=1', 'POST /z']);
    expect(rowsOf(document.one('.findings')).flatMap(row => row[2] ?? [])).toEqual(['1–3', '3']);
    expect(wordsOf(document.one('.requests p'))).toBe('{id} is the resource id above, {subscription} is /subscriptions/11111111-1111-1111-1111-111111111111.');
  });

  test('the procedure of a manual control stands with the control only', () => {
    const given = finding({ controlId: 'guard-awake', status: 'manual', observed: { procedure: [...(guardAwake.procedure ?? [])] } });
    const document = parsed(renderHtml({ ...input({ assessments: [account('orders', { findings: [given] })] }), controls: [guardAwake] }));
    expect(document.root.textContent.split('Record what you saw.').length - 1).toBe(1);
  });

  test.each([
    ['none', [], ''],
    ['one', [4], '4'],
    ['a run', [3, 1, 2], '1–3'],
    ['runs and single ones', [9, 1, 2, 5, 9], '1–2, 5, 9'],
  ])('numbers of requests: %s', (_, numbers, text) => {
    expect(rangesOf(numbers)).toBe(text);
  });
});

describe('a resource', () => {
  test('says who can reach it and what it is', () => {
    const document = rendered({ assessments: [account('orders', { tags: { team: 'shop', env: 'prod' } })] });
    const id = account('orders').resourceId;
    expect(facts(document)).toEqual({
      'Who can reach it': 'Only what perimeter rules admit can reach it.',
      'Decided by': 'perimeter rule production/default/office',
      Perimeters: 'None',
      'Latent risk': 'Held closed by its last private endpoint',
      Outbound: 'Perimeter rules',
      'Trusted services': 'Off',
      Score: '10–90, coverage 75 %',
      Location: 'westeurope',
      Tags: 'env=prod, team=shop',
      'Resource id': `${id} Open in the portal`,
    });
    expect(document.one('.facts a').getAttribute('href')).toBe(`https://portal.azure.com/#resource${id}`);
  });

  test.each<[when: string, given: Partial<Assessment>, of: Readonly<Record<string, string | undefined>>]>([
    ['its tags are not known', {}, { Tags: 'not known' }],
    ['it has no tags', { tags: {} }, { Tags: undefined }],
    ['it has no score and no place', { score: { floor: null, ceiling: null, coverage: 1 }, location: null }, { Score: undefined, Location: undefined }],
    ['nothing flows through it', { exposure: null, resourceType: 'Microsoft.DocumentDB/mongoClusters' }, { 'Who can reach it': undefined, Type: 'Microsoft.DocumentDB/mongoClusters' }],
  ])('where %s', (_, given, of) => {
    const shown = facts(rendered({ assessments: [account('orders', given)] }));
    expect(Object.fromEntries(Object.keys(of).map(name => [name, shown[name]]))).toEqual(of);
  });

  test.each([
    ['no portal', null, account('orders')],
    ['a resource that is in no subscription', 'https://portal.azure.com', assessment({ resourceId: '/tenants/1', resourceType: 'Microsoft.Resources/tenants', exposure: null, findings: [] })],
  ])('has no link with %s', (_, portal, given) => {
    expect(parsed(renderHtml({ ...input({ assessments: [given] }), portal })).all('.facts a')).toEqual([]);
  });

  test('counts at a glance what needs a look', () => {
    const summaries = rendered({
      assessments: [account('a', { findings: [finding(), finding({ controlId: 'x' }), unknownFinding({ controlId: 'y' }), finding({ controlId: 'z', status: 'pass' })] }), account('b', { findings: [finding({ status: 'pass' })] })],
    }).all('.resource .counts');
    expect(summaries.map(each => [...each.children].map(child => child.textContent))).toEqual([['2 fail', '1 unknown'], ['Nothing fails']]);
  });

  test('stands among its kind, and every kind has its place', () => {
    const id = '/subscriptions/11111111-1111-1111-1111-111111111111';
    const kinds: readonly Assessment[] = [
      account('orders'),
      ...(['Microsoft.DocumentDB/mongoClusters', 'Microsoft.Network/networkSecurityPerimeters', 'Microsoft.Resources/subscriptions', 'Microsoft.Resources/tenants'] as const).map(resourceType => assessment({ resourceType, resourceId: `${id}/${resourceType}`, name: resourceType, exposure: null, findings: [] })),
    ];
    const document = rendered({ assessments: kinds });
    expect(document.all('.kind > h3').map(wordsOf)).toEqual(['Accounts 1', 'MongoDB and Cassandra clusters 1', 'Network security perimeters 1', 'Subscriptions 1', 'Tenant 1']);
    expect(document.all('.resource')).toHaveLength(5);
  });
});
