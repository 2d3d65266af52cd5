import { describe, expect, test } from 'vitest';
import type { Gap } from '../../../src/core/finding.ts';
import { result } from '../../support/results.ts';
import { account, rendered, rowsOf, tableOf, unknownFinding, wordsOf, type Given, type Parsed } from './input.ts';

const staging = '22222222-2222-2222-2222-222222222222';
const links = 'Microsoft.Network/networkSecurityPerimeters/links/read';
const gap = (differences: Partial<Gap> = {}): Gap => ({ fact: 'links', reason: 'denied', detail: 'Cannot read links.', permission: links, ...differences });
const unknown = (name: string, first: Gap, ...others: readonly Gap[]): ReturnType<typeof account> => account(name, { findings: [unknownFinding({ gaps: [first, ...others] })] });
const reasons = (document: Parsed): readonly string[] => document.all('#unread h3').map(wordsOf);

test('everything that was read is said as such', () => {
  expect(wordsOf(rendered({ assessments: [] }).one('#unread'))).toContain('Everything that a control asked for was read.');
});

describe('what could not be read', () => {
  test('is grouped by reason and by the permission that would close it, with the resources it leaves in the dark', () => {
    const document = rendered({
      assessments: [unknown('a', gap()), unknown('b', gap(), gap({ fact: 'profiles', permission: 'Microsoft.Network/networkSecurityPerimeters/profiles/read', detail: 'Cannot read profiles.' })), account('c', { findings: [unknownFinding({ gaps: [{ fact: 'exposure', reason: 'contradictory', detail: 'Two say different things.' }] })] })],
    });
    expect(reasons(document)).toEqual(['Denied', 'Contradictory']);
    expect(rowsOf(tableOf(document, 'Denied: what could not be read'))).toEqual([
      [links, '2', 'Cannot read links. a, b'],
      ['Microsoft.Network/networkSecurityPerimeters/profiles/read', '1', 'Cannot read profiles. b'],
    ]);
    expect(rowsOf(tableOf(document, 'Contradictory: what could not be read'))).toEqual([['exposure', '1', 'Two say different things. c']]);
    expect(wordsOf(document.one('#unread .lead'))).toContain('3 findings are unknown');
  });

  test.each<[when: string, given: Given, row: readonly string[]]>([
    [
      'a whole subscription, whose reason names a permission',
      { subscriptions: [result({ subscriptionId: staging, name: 'staging', outcome: 'denied', reason: 'Azure answered 403. Needs Microsoft.DocumentDB/databaseAccounts/read.' })] },
      ['Microsoft.DocumentDB/databaseAccounts/read', '–', 'All of staging. Azure answered 403. Needs Microsoft.DocumentDB/databaseAccounts/read.'],
    ],
    ['a whole subscription, whose reason names none', { subscriptions: [result({ subscriptionId: staging, name: 'staging', outcome: 'denied', reason: 'It needs you.' })] }, ['Not named', '–', 'All of staging. It needs you.']],
    ['a part of the scan', { summary: { gaps: [{ reason: 'denied', detail: 'Cannot list perimeters.', permission: links }] } }, [links, '–', 'Cannot list perimeters.']],
    ['several permissions that go together', { assessments: [unknown('a', gap({ permission: `${links}, Microsoft.Network/x/read` }))] }, [`${links}Microsoft.Network/x/read`, '1', 'Cannot read links. a']],
  ])('%s', (_, given, row) => {
    expect(rowsOf(tableOf(rendered({ assessments: [], ...given }), 'Denied: what could not be read'))).toEqual([row]);
  });

  test('many sentences of one kind are behind a click, and none is left out', () => {
    const document = rendered({ assessments: Array.from({ length: 9 }, (_, index) => unknown(`a${index}`, gap({ detail: `Cannot read links of p${index}.` }))) });
    expect(document.all('#unread td p').map(wordsOf)).toHaveLength(9);
    expect(wordsOf(document.one('#unread details > summary'))).toBe('and 6 more');
  });

  test('what a permission would open comes first, then whole subscriptions, then the rest by number', () => {
    const others = (reason: Gap['reason'], number: number): ReturnType<typeof account>[] => Array.from({ length: number }, (_, index) => account(`${reason}${index}`, { findings: [unknownFinding({ gaps: [{ fact: 'x', reason, detail: 'So.' }] })] }));
    const document = rendered({ assessments: [...others('missing', 2), ...others('failed', 1), ...others('malformed', 3), unknown('a', gap())], subscriptions: [result({ subscriptionId: staging, outcome: 'throttled', reason: 'Wait.' })] });
    expect(reasons(document)).toEqual(['Denied', 'Throttled', 'Malformed', 'Missing', 'Failed']);
  });
});

describe('the command that closes it', () => {
  const commands = (given: Given): readonly string[] => (rendered({ subscriptions: [result(), result({ subscriptionId: staging, name: 'staging' })], ...given }).all('#unread .code code')[0]?.textContent ?? '').split('\n').map(line => line.replace(/.*--scope /, ''));

  test.each<[where: string, given: Given, scopes: readonly string[]]>([
    ['the subscription that the sentence names', { assessments: [unknown('a', gap({ detail: `Cannot read links of /subscriptions/${staging.toUpperCase()}/x.` }))] }, [`/subscriptions/${staging}`]],
    ['the subscription of the resource, where the sentence names none', { assessments: [unknown('a', gap())] }, ['/subscriptions/11111111-1111-1111-1111-111111111111']],
    ['each subscription once', { assessments: [unknown('a', gap()), unknown('b', gap()), unknown('c', gap({ detail: `In ${staging}.` }))] }, ['/subscriptions/11111111-1111-1111-1111-111111111111', `/subscriptions/${staging}`]],
    ['nowhere, where no permission would help', { assessments: [account('a', { findings: [unknownFinding({ gaps: [{ fact: 'x', reason: 'missing', detail: `In ${staging}.` }] })] })] }, ['']],
  ])('is for %s', (_, given, scopes) => {
    expect(commands(given)).toEqual(scopes);
  });
});
