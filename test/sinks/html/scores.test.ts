import { expect, test } from 'vitest';
import { result } from '../../support/results.ts';
import { account, rendered, rowsOf, tableOf, wordsOf } from './input.ts';

const id = (number: number): string => `${number}0000000-2222-2222-2222-222222222222`;
const subscription = (number: number, differences: Parameters<typeof result>[0] = {}): ReturnType<typeof result> => result({ subscriptionId: id(number), name: `team-${number}`, ...differences });
const scored = (name: string, number: number, floor: number, ceiling: number): ReturnType<typeof account> => account(name, { subscriptionId: id(number), score: { floor, ceiling, coverage: 0.9 } });

test('every subscription has a line, the lowest floor first, and what was not read may be anything', () => {
  const document = rendered({
    assessments: [scored('a', 1, 80, 90), scored('b', 1, 60, 100), scored('c', 2, 40, 50)],
    subscriptions: [subscription(1, { accounts: 2 }), subscription(2), subscription(3, { accounts: 0 }), subscription(4, { outcome: 'denied', reason: 'No.', accounts: 0 }), subscription(5, { outcome: 'skipped', reason: 'It is deleted.', accounts: 0 })],
    summary: { score: { floor: 50, ceiling: 80, coverage: 0.7 } },
  });
  expect(rowsOf(tableOf(document, 'Score by subscription'))).toEqual([
    ['team-4 Denied', 'unknown', '0', '100', '0 %'],
    ['team-2', '1', '40', '50', '90 %'],
    ['team-1', '2', '70', '95', '90 %'],
    ['team-3', '0', '–', '–', '100 %'],
    ['team-5 Skipped', 'unknown', '–', '–', '–'],
  ]);
  expect(document.one('#chart-score-d').textContent).toBe('Whole scan: 50–80; team-4: denied, 0–100; team-2: 40–50; team-1: 70–95.');
});

test('subscriptions of one name are told apart, those without a name have their id', () => {
  const document = rendered({ assessments: [], subscriptions: [subscription(1, { name: 'shop' }), subscription(2, { name: 'shop' }), subscription(3, { name: '' })] });
  expect(rowsOf(tableOf(document, 'Score by subscription')).map(([name]) => name)).toEqual([id(3), 'shop (10000000)', 'shop (20000000)']);
});

test('the picture has the lowest of many, the table all of them', () => {
  const numbers = Array.from({ length: 30 }, (_, index) => index);
  const document = rendered({
    assessments: numbers.map(number => account(`a${number}`, { subscriptionId: `${number}`.padStart(36, '0'), score: { floor: number, ceiling: 100, coverage: 1 } })),
    subscriptions: numbers.map(number => result({ subscriptionId: `${number}`.padStart(36, '0'), name: `team-${number}` })),
  });
  expect(rowsOf(tableOf(document, 'Score by subscription'))).toHaveLength(30);
  expect(document.one('#chart-score-d').textContent).toMatch(/team-0: 0–100; .*team-23: 23–100\.$/);
  expect(wordsOf(document.one('#scores .lead'))).toContain('The picture shows the 24 lowest; the table has all.');
});

test('a scan with nothing to score draws nothing', () => {
  const document = rendered({ assessments: [], subscriptions: [subscription(1, { accounts: 0 })], summary: { score: { floor: null, ceiling: null, coverage: 1 } } });
  expect(document.all('#scores svg')).toEqual([]);
  expect(wordsOf(document.one('#scores'))).toContain('There is nothing to score.');
});
