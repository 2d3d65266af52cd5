import { describe, expect, test } from 'vitest';
import type { Document } from '../../src/requirements/requirement.ts';
import { anchorOf, renderRequirements, shareOf } from '../../src/tools/docs/requirements.ts';
import { doorLocked, guardAwake } from '../support/catalogue.ts';

const house: Document = {
  source: 'NSP',
  title: 'House rules',
  link: 'https://example.org/house',
  date: '2026-01-02',
  responsibilities: 'The landlord says so.',
  requirements: [
    { id: 'NSP 1', source: 'NSP', title: 'Doors are locked | always.', responsibility: 'customer', answers: [{ control: 'door-locked' }, { control: 'guard-awake' }] },
    { id: 'NSP 2', source: 'NSP', title: 'Somebody watches.', responsibility: 'shared', answers: [{ control: 'guard-awake' }] },
    { id: 'NSP 3', source: 'NSP', title: 'The house stands.', responsibility: 'microsoft', answers: [{ microsoft: 'The builder built it.' }] },
    { id: 'NSP 4', source: 'NSP', title: 'It is a house.', responsibility: 'shared', answers: [{ applicabilityOf: ['door-locked'], because: 'Tents have no doors.' }] },
    { id: 'NSP 5', source: 'NSP', title: 'The roof is tight.', responsibility: 'customer', answers: [{ control: 'roof-tight' }] },
  ],
};
const rendered = renderRequirements([house], [doorLocked, guardAwake]);

describe('src/requirements/README.md', () => {
  test("says the automated share, of what is not Microsoft's own duty", () => {
    expect(rendered).toContain("**2 of the 4 rows that are the customer's or shared are judged by at least one automated control (50 %).** By manual controls alone, which a person attests: 1. Microsoft's own duty: 1 rows more.");
    expect(rendered).toContain('| House rules (NSP) | 5 | 4 | 2 | 1 | 50 % |');
  });

  test('says the share without rows that repeat others', () => {
    const repeated = { id: 'NSP 6', source: 'NSP' as const, title: 'Doors.', responsibility: 'customer' as const, answers: [{ requirement: 'NSP 1' }] };
    const text = renderRequirements([{ ...house, requirements: [...house.requirements, repeated] }], [doorLocked, guardAwake]);
    expect(text).toContain('Without the checklist, whose items count by the rows that say them in full: 2 of 4 (50 %).');
    expect(text).toContain('of the 5 rows');
  });

  test('names the document, its link, its date and how duties were told', () => {
    expect(rendered).toContain('## House rules\n\nNSP: <https://example.org/house>, as of 2026-01-02. The landlord says so.');
  });

  test.each([
    ['controls, automated and manual', 'NSP 1', 'Doors are locked \\| always.', 'customer', '[door-locked](../controls/README.md#door-locked); [guard-awake](../controls/README.md#guard-awake) (manual)'],
    ['the platform', 'NSP 3', 'The house stands.', 'microsoft', 'Microsoft: The builder built it.'],
    ['applicability', 'NSP 4', 'It is a house.', 'shared', 'where these apply: [door-locked](../controls/README.md#door-locked). Tents have no doors.'],
    ['a control that is not there', 'NSP 5', 'The roof is tight.', 'customer', 'roof-tight (not in the catalogue)'],
  ])('links %s', (_, id, title, responsibility, answered) => {
    expect(rendered).toContain(`| <a id="${anchorOf(id)}"></a>${id} | ${title} | ${responsibility} | ${answered} |`);
  });

  test('links a row that other rows say in full', () => {
    const document = { ...house, requirements: [{ id: 'SEC checklist-1', source: 'SEC' as const, title: 'A firewall.', responsibility: 'shared' as const, answers: [{ requirement: 'SEC network-security' }] }] };
    expect(renderRequirements([document], [])).toContain('| [SEC network-security](#sec-network-security) |');
  });
});

describe('the automated share', () => {
  test('a control that is not in the catalogue counts for nothing', () => {
    expect(shareOf(house.requirements, new Map())).toEqual({ duties: 4, automated: 0, manual: 0 });
  });

  test('nothing to do is no share', () => {
    expect(renderRequirements([{ ...house, requirements: [] }], [])).toContain('| House rules (NSP) | 0 | 0 | 0 | 0 | - |');
  });
});
