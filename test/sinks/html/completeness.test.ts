import { describe, expect, test } from 'vitest';
import { result } from '../../support/results.ts';
import { rendered, rowsOf, tableOf, wordsOf, type Given } from './input.ts';

const staging = '22222222-2222-2222-2222-222222222222';
const counts = { expected: 2, scanned: 1, denied: 1, throttled: 0, failed: 0, skipped: 0 };
const denied = result({ subscriptionId: staging, name: 'staging', outcome: 'denied', reason: 'Azure answered 403. Needs Microsoft.DocumentDB/databaseAccounts/read.', accounts: 0 });

describe('the banner says whether the report is whole', () => {
  test.each<[when: string, given: Given, look: string, says: string]>([
    ['everything was read', {}, 'whole', 'Complete. The one expected subscription was read, and nothing else is missing.'],
    [
      'deleted subscriptions were skipped',
      { summary: { subscriptions: { ...counts, denied: 0, skipped: 1 } }, subscriptions: [result(), result({ subscriptionId: staging, name: 'old', outcome: 'skipped', reason: 'It is deleted.' })] },
      'whole',
      'Complete. All 2 expected subscriptions were read, or skipped because they are deleted, and nothing else is missing.',
    ],
    ['a subscription was denied', { summary: { complete: false, subscriptions: counts }, subscriptions: [result(), denied] }, 'partial', 'Partial. 1 of 2 expected subscriptions read. 1 subscription was not read: staging (denied). The report says nothing about what is missing.'],
    ['the scan was ended early', { summary: { complete: false, subscriptions: { ...counts, denied: 0, skipped: 1 } }, subscriptions: [result(), result({ subscriptionId: staging, name: 'staging', outcome: 'skipped', reason: 'The scan was ended.' })] }, 'partial', 'Partial. 1 of 2 expected subscriptions read. 1 subscription was skipped. The report says nothing about what is missing.'],
    ['something else is missing', { summary: { complete: false, gaps: [{ reason: 'failed', detail: 'Perimeters.' }] } }, 'partial', 'Partial. 1 of 1 expected subscription read. 1 other thing could not be read. The report says nothing about what is missing.'],
    ['it was asked for less than everything', { summary: { scope: 'subscriptions' } }, 'whole', 'Complete. The one expected subscription was read, and nothing else is missing. The scan was asked for chosen subscriptions only.'],
    ['nothing was seen', { assessments: [], subscriptions: [], summary: { complete: false, subscriptions: { ...counts, expected: 0, scanned: 0, denied: 0 } } }, 'partial', 'Partial. 0 of 0 expected subscriptions read. The scan saw no subscription at all.'],
  ])('where %s', (_, given, look, says) => {
    const banner = rendered(given).one('.banner');
    expect(banner.className).toBe(`banner ${look}`);
    expect(wordsOf(banner)).toContain(says);
  });

  test('names a few subscriptions and counts the others', () => {
    const many = Array.from({ length: 7 }, (_, index) => result({ subscriptionId: `${index}0000000-2222-2222-2222-222222222222`, name: `team-${index}`, outcome: 'throttled', reason: 'Too many requests.' }));
    const banner = rendered({ summary: { complete: false, subscriptions: { ...counts, expected: 7, scanned: 0, denied: 0, throttled: 7 } }, subscriptions: many }).one('.banner');
    expect(wordsOf(banner)).toContain('7 subscriptions were not read: team-0 (throttled), team-1 (throttled), team-2 (throttled), team-3 (throttled) and 3 others.');
  });
});

test('the numbers add up in the sight of all', () => {
  const document = rendered({ summary: { complete: false, subscriptions: { expected: 1300, scanned: 1296, denied: 1, throttled: 1, failed: 1, skipped: 1 } } });
  expect(wordsOf(document.one('.equation'))).toBe('1,300 expected = 1,296 scanned + 1 denied + 1 throttled + 1 failed + 1 skipped');
  expect(rowsOf(tableOf(document, 'Subscriptions by outcome')).map(([outcome, number]) => [outcome, number])).toEqual([
    ['Scanned', '1,296'],
    ['Denied', '1'],
    ['Throttled', '1'],
    ['Failed', '1'],
    ['Skipped', '1'],
  ]);
});

test('what was not read is listed with what happened', () => {
  const document = rendered({
    summary: { complete: false, subscriptions: counts, gaps: [{ reason: 'unreachable', detail: 'Cannot list perimeters.', permission: 'Microsoft.Network/networkSecurityPerimeters/read' }] },
    subscriptions: [result(), denied],
  });
  expect(rowsOf(tableOf(document, 'What was not read'))).toEqual([
    ['staging', 'Denied', 'Azure answered 403. Needs Microsoft.DocumentDB/databaseAccounts/read.'],
    ['Beside subscriptions', 'Unreachable', 'Cannot list perimeters. Needs Microsoft.Network/networkSecurityPerimeters/read.'],
  ]);
});

test('warnings are shown, and only where there are some', () => {
  expect(wordsOf(rendered({ summary: { warnings: ['Exemption "later" ends tomorrow.'] } }).one('#completeness'))).toContain('WarningsExemption "later" ends tomorrow.');
  expect(wordsOf(rendered().one('#completeness'))).not.toContain('Warnings');
});

describe('at a glance', () => {
  const card = (given: Given, title: string): string => wordsOf(rendered(given).all('.card').find(each => wordsOf(each).startsWith(title)) ?? rendered(given).root);

  test('a scan that asked nothing in vain', () => {
    expect(card({ assessments: [] }, 'Not known')).toBe('Not known0 findingsEverything asked for was read.Why, and what would tell');
    expect(card({ assessments: [] }, 'Fix first')).toContain('Nothing');
  });

  test('a scan without a score', () => {
    expect(card({ summary: { score: { floor: null, ceiling: null, coverage: 1 } } }, 'Score')).toContain('There is nothing to score.');
  });
});
