import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reaches, type Exposure } from '../../../src/core/exposure.ts';
import { reachWords } from '../../../src/sinks/html/words.ts';
import { exposure, perimeterId } from '../../support/builders.ts';
import { account, rendered, rowsOf, tableOf, wordsOf } from './input.ts';

const reach = (name: string, differences: Partial<Exposure>): ReturnType<typeof account> => account(name, { exposure: exposure(differences) });
const all = [...reaches, 'unknown'] as const;

test('every account counts under its reach, and under nothing else', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...all), { maxLength: 12 }), given => {
      const document = rendered({ assessments: given.map((each, index) => reach(`account-${index}`, { reach: each })) });
      const counted = rowsOf(tableOf(document, 'Accounts by reach')).map(([name, number]) => [name, Number(number)]);
      expect(counted).toEqual(all.map(each => [reachWords[each], given.filter(one => one === each).length]));
      expect(document.all('#reached tbody tr').map(row => row.getAttribute('data-reach'))).toEqual(all.flatMap(each => given.filter(one => one === each)));
    }),
    { numRuns: 15 },
  );
});

test('the picture says the same as the table', () => {
  const document = rendered({ assessments: [reach('a', { reach: 'internet' }), reach('b', { reach: 'internet' }), reach('c', { reach: 'unknown' })] });
  expect(document.one('#chart-reach-d').textContent).toBe('Internet 2, All of Azure 0, Selected networks 0, Perimeter rules 0, Private only 0, Closed 0, Unknown 1.');
});

describe('a row says who, from where, by which rule, and what may change it', () => {
  test.each<[when: string, given: ReturnType<typeof account>, row: readonly string[]]>([
    [
      'a perimeter decides',
      reach('orders', { reach: 'internet', decidedBy: 'perimeter rule production/default/all', perimeters: [{ id: perimeterId, accessMode: 'Learning' }], latent: ['learningOpensDisabled', 'bypassResources'], explanation: 'Anyone can.' }),
      ['ordersproduction', 'Internet', 'perimeter rule production/default/allAnyone can.', 'production Learning (portal: Transition)', 'Opened by a perimeter that is not enforcedBypassed by resource ids'],
    ],
    ['nothing is near it', reach('orders', { reach: 'closed', decidedBy: 'publicNetworkAccess Disabled', explanation: 'Nobody can.' }), ['ordersproduction', 'Closed', 'publicNetworkAccess DisabledNobody can.', 'None', 'None']],
    ['it is not known', reach('orders', { reach: 'unknown', decidedBy: 'not known', explanation: 'Not readable.' }), ['ordersproduction', 'Unknown', 'not knownNot readable.', 'None known', 'None known']],
    ['its access mode is not known', reach('orders', { perimeters: [{ id: perimeterId, accessMode: null }], explanation: 'So.', decidedBy: 'it' }), ['ordersproduction', 'Perimeter rules', 'itSo.', 'production access mode unknown', 'None']],
    ['it was not judged', account('orders', { exposure: null }), ['ordersproduction', 'Unknown', 'It was not judged.', '', '']],
  ])('where %s', (_, given, row) => {
    expect(rowsOf(tableOf(rendered({ assessments: [given] }), 'Accounts, most open first'))).toEqual([row]);
  });
});

test('counts what is open to the public at the top, and what is not known beside it', () => {
  const document = rendered({ assessments: [reach('a', { reach: 'internet' }), reach('b', { reach: 'allAzure' }), reach('c', { reach: 'unknown' }), reach('d', { reach: 'closed' })] });
  expect(wordsOf(document.one('.card.bad'))).toContain('2 of 4 accounts1 from the whole Internet, 1 from all of Azure. Of 1 it is not known.');
  expect(wordsOf(document.one('.card.dark'))).toContain('1 account of unknown reach');
  expect(rendered({ assessments: [reach('d', { reach: 'closed' })] }).all('.card.bad')).toEqual([]);
});

test('a scan without accounts says so', () => {
  expect(wordsOf(rendered({ assessments: [] }).one('#exposure'))).toContain('The scan saw no account.');
});
