import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Finding, Status } from '../../../src/core/finding.ts';
import { renderHtml } from '../../../src/sinks/html/index.ts';
import type { ReportRequirement } from '../../../src/sinks/report.ts';
import { finding } from '../../support/results.ts';
import { account, input, parsed, rowsOf, tableOf, unknownFinding, wordsOf, type Parsed } from './input.ts';

const requirement = (differences: Partial<ReportRequirement> = {}): ReportRequirement => ({ id: 'ASB NS-1', document: 'Baseline', title: 'Doors are locked.', responsibility: 'customer', controls: ['one', 'two'], ...differences });
const exemption = { id: 'later', category: 'accepted-risk', reason: 'So.', owner: 'team', expiresOn: '2027-01-01', state: 'active' } as const;

function document(findings: readonly Finding[], requirements: readonly ReportRequirement[] = [requirement()]): Parsed {
  return parsed(renderHtml({ ...input({ assessments: findings.map((each, index) => account(`a${index}`, { findings: [each] })) }), requirements }));
}

const of = (status: Status, controlId = 'one'): Finding => (status === 'unknown' ? unknownFinding({ controlId }) : finding({ controlId, status }));

describe('a row stands as the gravest of its findings', () => {
  test.each<[when: string, findings: readonly Finding[], stands: string]>([
    ['one fails', [of('pass'), of('unknown'), of('fail', 'two')], 'Fail'],
    ['one is unknown and the others pass', [of('pass'), of('unknown', 'two')], 'Unknown'],
    ['one waits to be attested', [of('pass'), of('manual', 'two')], 'To attest'],
    ['what fails is exempted', [of('pass'), finding({ controlId: 'two', exemption })], 'Exempted'],
    ['all pass', [of('pass'), of('pass', 'two')], 'Pass'],
    ['some pass and the others do not apply', [of('pass'), of('notApplicable', 'two')], 'Pass'],
    ['none applies', [of('notApplicable')], 'Not applicable'],
    ['nothing was judged', [of('pass', 'three')], 'Not judged'],
  ])('where %s', (_, findings, stands) => {
    expect(rowsOf(tableOf(document(findings), 'Rows of Baseline'))[0]?.[2]).toBe(stands);
  });

  test('without controls it is Microsoft’s, where it is', () => {
    const rows = rowsOf(tableOf(document([], [requirement({ id: 'SEC a', responsibility: 'microsoft', controls: [] }), requirement({ id: 'SEC b', responsibility: 'shared', controls: [] })]), 'Rows of Baseline'));
    expect(rows.map(([row, title, stands]) => [row, title, stands])).toEqual([
      ['SEC aMicrosoft', 'Doors are locked.No control: Microsoft’s part.', 'Microsoft’s'],
      ['SEC bShared', 'Doors are locked.No control: nothing to judge.', 'Not judged'],
    ]);
  });
});

test('its counts are the findings of its controls, each in one column', () => {
  const any = fc.array(fc.record({ status: fc.constantFrom<Status>('pass', 'fail', 'unknown', 'manual', 'notApplicable'), controlId: fc.constantFrom('one', 'two', 'three'), exempted: fc.boolean() }), { maxLength: 12 });
  fc.assert(
    fc.property(any, given => {
      const findings = given.map(({ status, controlId, exempted }) => ({ ...of(status, controlId), ...(exempted && (status === 'fail' || status === 'unknown') && { exemption }) }));
      const [row = []] = rowsOf(tableOf(document(findings), 'Rows of Baseline'));
      const mine = findings.filter(({ controlId }) => controlId !== 'three');
      const number = (status: Status): number => mine.filter(each => each.status === status && !('exemption' in each)).length;
      const figures = [number('pass'), number('fail'), number('unknown'), number('manual'), mine.filter(each => 'exemption' in each).length, number('notApplicable')];
      expect(row.slice(3)).toEqual(figures.map(figure => (figure === 0 ? '–' : String(figure))));
    }),
    { numRuns: 15 },
  );
});

test('each document has its table, its rows in the order of numbers, and a strip that sums it up', () => {
  const rows = [requirement({ id: 'NSP 10', document: 'Guide' }), requirement({ id: 'NSP 2', document: 'Guide', controls: ['three'] }), requirement({ document: 'Baseline', id: 'ASB IM-1' })];
  const made = document([of('fail'), of('unknown', 'three')], rows);
  expect(made.all('#requirements h3').map(wordsOf)).toEqual(['Baseline', 'Guide']);
  expect(rowsOf(tableOf(made, 'Rows of Guide')).map(([row]) => row)).toEqual(['NSP 2Customer', 'NSP 10Customer']);
  expect(made.one('#chart-document-2-d').textContent).toBe('Fail 1, Unknown 1.');
});

test('a row leads to its controls, where they judged something', () => {
  const made = document([of('fail')]);
  const [link, ...others] = made.all('#requirements td a');
  expect(others).toEqual([]);
  expect(made.one(link?.getAttribute('href') ?? '').closest('.control')).not.toBeNull();
});
