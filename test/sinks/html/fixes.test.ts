import { describe, expect, test } from 'vitest';
import type { Assessment } from '../../../src/core/assessment.ts';
import type { Finding } from '../../../src/core/finding.ts';
import { exposure, perimeterId } from '../../support/builders.ts';
import { assessment, finding } from '../../support/results.ts';
import { account, input, parsed, rendered, unknownFinding, wordsOf, type Parsed } from './input.ts';
import { renderHtml } from '../../../src/sinks/html/index.ts';
import { doorLocked, guardAwake } from '../../support/catalogue.ts';

const open = exposure({ reach: 'internet' });
const shut = exposure({ reach: 'closed' });
const fails = (controlId: string, severity: Finding['severity'] = 'high', differences: Partial<Finding> = {}): Finding => finding({ controlId, severity, ...differences });
const order = (document: Parsed): readonly string[] => document.all('#fixes .control summary code').map(wordsOf);
const blast = (document: Parsed): readonly string[] => document.all('#fixes .blast').map(wordsOf);

const exemption = { id: 'later', category: 'accepted-risk', reason: 'So.', owner: 'team', expiresOn: '2027-01-01' } as const;
const perimeter = (differences: Partial<Assessment> = {}): Assessment => assessment({ resourceId: perimeterId, resourceType: 'Microsoft.Network/networkSecurityPerimeters', name: 'production', exposure: null, ...differences });

describe('what to fix first', () => {
  test.each<[rule: string, given: readonly Assessment[], first: readonly string[]]>([
    ['severity comes before everything', [account('a', { exposure: open, findings: [fails('one', 'high')] }), account('b', { exposure: open, findings: [fails('one', 'high')] }), account('c', { exposure: shut, findings: [fails('two', 'critical')] })], ['two', 'one']],
    ['then accounts that the public can reach', [account('a', { exposure: shut, findings: [fails('one')] }), account('b', { exposure: shut, findings: [fails('one')] }), account('c', { exposure: open, findings: [fails('two')] })], ['two', 'one']],
    ['then all accounts', [account('a', { exposure: shut, findings: [fails('one')] }), account('b', { exposure: shut, findings: [fails('two')] }), account('c', { exposure: shut, findings: [fails('two')] })], ['two', 'one']],
    ['then the name', [account('a', { exposure: shut, findings: [fails('two'), fails('one')] })], ['one', 'two']],
    ['a perimeter weighs what is in it', [account('a', { exposure: shut, findings: [fails('one')] }), account('b', { exposure: exposure({ reach: 'internet', perimeters: [{ id: perimeterId.toUpperCase(), accessMode: 'Learning' }] }), findings: [] }), perimeter({ findings: [fails('two')] })], ['two', 'one']],
    ['exempted failures are not asked for', [account('a', { findings: [fails('one', 'critical', { exemption: { ...exemption, state: 'active' } }), fails('two')] })], ['two']],
    ['an exemption that has ended is none', [account('a', { findings: [fails('one', 'critical', { exemption: { ...exemption, state: 'expired' } }), fails('two')] })], ['one', 'two']],
    ['unknown is not failed', [account('a', { findings: [unknownFinding({ controlId: 'one' })] })], []],
  ])('%s', (_, assessments, first) => {
    const document = rendered({ assessments });
    expect(order(document)).toEqual(first);
    expect(document.all('#fixes .rank').map(wordsOf)).toEqual(first.map((_, index) => String(index + 1)));
  });
});

describe('says how far a failure reaches', () => {
  test.each<[when: string, given: readonly Assessment[], says: string]>([
    ['one account', [account('a', { exposure: shut, findings: [fails('one')] })], '1 account fails'],
    ['one public account', [account('a', { exposure: open, findings: [fails('one')] })], '1 account fails, publicly reachable'],
    ['public accounts', [account('a', { exposure: open, findings: [fails('one')] }), account('b', { exposure: open, findings: [fails('one')] })], '2 accounts fail, all of them publicly reachable'],
    ['some public accounts', [account('a', { exposure: open, findings: [fails('one')] }), account('b', { exposure: shut, findings: [fails('one')] })], '2 accounts fail, 1 of them publicly reachable'],
    ['a perimeter without accounts', [perimeter({ findings: [fails('one')] })], '1 perimeter fails'],
    ['a perimeter with accounts', [account('a', { exposure: exposure({ reach: 'internet', perimeters: [{ id: perimeterId, accessMode: 'Enforced' }] }), findings: [] }), perimeter({ findings: [fails('one')] })], '1 perimeter fails; behind it 1 account, publicly reachable'],
    ['a subscription', [account('a', { exposure: shut, findings: [] }), account('b', { exposure: shut, findings: [] }), assessment({ resourceId: '/subscriptions/11111111-1111-1111-1111-111111111111', resourceType: 'Microsoft.Resources/subscriptions', name: 'production', exposure: null, findings: [fails('one')] })], '1 subscription fails; behind it 2 accounts'],
    ['a cluster', [assessment({ resourceId: '/subscriptions/x/y/mongoClusters/c', resourceType: 'Microsoft.DocumentDB/mongoClusters', name: 'c', exposure: null, findings: [fails('one')] })], '1 cluster fails'],
  ])('of %s', (_, assessments, says) => {
    expect(blast(rendered({ assessments }))).toEqual([says]);
  });
});

test('names the resources, publicly reachable ones first and apart', () => {
  const document = rendered({ assessments: [account('a', { exposure: shut, findings: [fails('one')] }), account('b', { exposure: open, findings: [fails('one')] })] });
  expect(document.all('#fixes .control dd p').map(wordsOf).slice(0, 2)).toEqual(['Publicly reachable b', 'production a']);
});

test('has many behind a click, and none left out', () => {
  const many = Array.from({ length: 40 }, (_, index) => account(`account-${index}`, { exposure: shut, findings: [fails('one')] }));
  const [where] = rendered({ assessments: many }).all('#fixes .control dd');
  expect(where?.querySelectorAll('a')).toHaveLength(40);
  expect(where?.querySelector('summary')?.textContent).toBe('and 28 more');
});

test('urgent controls are in sight, the others one click away', () => {
  const document = rendered({ assessments: [account('a', { findings: [fails('one', 'critical'), fails('two', 'high'), fails('three', 'medium'), fails('four', 'low'), fails('five', 'info')] })] });
  expect(document.all('#fixes .severities summary h3').map(wordsOf)).toEqual(['Medium 1 control', 'Low 1 control', 'Info 1 control']);
  expect(document.all('#fixes > h3').map(wordsOf)).toEqual(['Critical 1 control', 'High 1 control']);
});

test('nothing that fails is said as such', () => {
  expect(wordsOf(rendered({ assessments: [account('a', { findings: [fails('one', 'low', { status: 'pass' })] })] }).one('#fixes'))).toContain('No finding fails.');
});

describe('a control tells why and how', () => {
  const document = parsed(renderHtml({ ...input({ assessments: [account('a', { findings: [fails('door-locked'), finding({ controlId: 'guard-awake', status: 'manual' })] })] }), controls: [doorLocked, guardAwake] }));
  const terms = (id: string): readonly (readonly string[])[] => {
    const card = document.one(`[id="control-${id}"]`).closest('details');
    return [...(card?.querySelectorAll('dl.inside > dt') ?? [])].map(dt => [dt.textContent, dt.nextElementSibling?.textContent.replaceAll(/\s+/g, ' ') ?? '']);
  };

  test('one that fails', () => {
    expect(terms('door-locked')).toEqual([
      ['Where it fails', 'production a'],
      ['All findings', 'Fail 1'],
      ['Why it matters', doorLocked.rationale],
      ['How to fix it', 'Turn the <key>, as in `lock <door_id>`.Azure CLIaz door lock --ids <door-id>Bicepproperties: { locked: true }'],
      ['Not applicable when', 'the house has no door.'],
      ['Answers', 'ASB NS-1, SEC network-security'],
      ['References', 'example.org/doors'],
    ]);
  });

  test('one that a person checks, beside those that fail nowhere', () => {
    expect(document.one('#controls [id="control-guard-awake"]')).toBeDefined();
    expect(terms('guard-awake').find(([term]) => term === 'How a person checks it')?.[1]).toContain('Ask the log who slept: Guards | where state_s == "asleep"');
  });
});
