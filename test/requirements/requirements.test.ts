import { describe, expect, test } from 'vitest';
import { accountControls, allControls } from '../../src/controls/index.ts';
import { known } from '../../src/core/fact.ts';
import { controlsAnswering, documents, requirements } from '../../src/requirements/index.ts';
import type { Responsibility } from '../../src/requirements/requirement.ts';
import { account, accountFacts, organisation } from '../support/builders.ts';

const ids = requirements.map(({ id }) => id);
const catalogue = new Set(allControls.map(({ id }) => id));
const byId = (id: string) => requirements.find(requirement => requirement.id === id);

/** The rows of the documents, counted in them: a row that goes missing here is missed. */
const expected: Readonly<Record<string, readonly string[]>> = {
  ASB: [...numbered('IM-', 8), ...numbered('NS-', 7)],
  NSP: numbered('', 14),
  SEC: [
    'active-directory-integration',
    'administrative-accounts',
    'authorization',
    'automated-online-backups',
    'certifications',
    ...numbered('checklist-', 16),
    'encryption-at-rest',
    'geo-fencing',
    'global-replication',
    'https-tls',
    'local-replication',
    'monitor-for-attacks',
    'network-security',
    'patched-servers',
    'protect-and-isolate-sensitive-data',
    'protected-facilities',
    'regional-failovers',
    'respond-to-attacks',
    'restore-deleted-data',
    'users-and-permissions',
  ],
};

function numbered(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`);
}

describe('requirements', () => {
  test.each(documents)('$source: every row of the document is there', ({ source, requirements: rows }) => {
    expect(rows.map(({ id }) => id)).toEqual((expected[source] ?? []).map(id => `${source} ${id}`));
  });

  test('ids are unique and sorted, numbers as numbers', () => {
    expect(ids).toEqual([...new Set(ids)].toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true })));
  });

  test.each(requirements)('$id is answered', ({ id, source, title, answers }) => {
    expect(id.startsWith(`${source} `)).toBe(true);
    expect(title).toMatch(/^[A-Z].+\.$/);
    expect(answers.length).toBeGreaterThan(0);
    for (const answer of answers) expect('microsoft' in answer ? answer.microsoft : 'This one says something else.').toMatch(/^[A-Z].{20,}\.$/);
  });

  test.each(requirements)('$id has a control, automated or manual, exactly where it is a duty of the customer', requirement => {
    expect(controlsAnswering(requirement).length > 0).toBe(requirement.responsibility !== 'microsoft');
  });

  test.each(requirements)('the answers of $id are sorted: the platform first, then by id', ({ answers }) => {
    const words = answers.map(answer => ('control' in answer ? answer.control : 'requirement' in answer ? answer.requirement : ''));
    expect(words).toEqual([...new Set(words)].toSorted());
  });

  const mapped = requirements.flatMap(({ id, source, responsibility, answers }) => {
    const others = answers.flatMap(answer => ('requirement' in answer ? answer.requirement : []));
    return others.length > 0 ? [{ id, source, responsibility, answers, others }] : [];
  });

  test.each(mapped)('$id is answered by other rows alone, of its document, which answer by themselves', ({ source, answers, others }) => {
    expect(others.length).toBe(answers.length);
    for (const id of others) {
      expect(byId(id)?.source).toBe(source);
      expect(byId(id)?.answers.filter(answer => 'requirement' in answer)).toEqual([]);
    }
  });

  test.each(mapped)('$id is whose duty the rows are that answer it', ({ responsibility, others }) => {
    expect(responsibility).toBe(together(others.flatMap(id => byId(id)?.responsibility ?? [])));
  });
});

function together(all: readonly Responsibility[]): Responsibility {
  const [first = 'shared', ...rest] = new Set(all);
  return rest.length === 0 ? first : 'shared';
}

describe('controls and requirements agree', () => {
  test('every control that a requirement names exists', () => {
    const missing = [...new Set(requirements.flatMap(controlsAnswering))].filter(id => !catalogue.has(id)).toSorted();
    expect(missing).toEqual([]);
  });

  test.each(allControls.map(control => [control.id, control] as const))('%s answers the requirements it names, and only those', (id, control) => {
    const answered = requirements.filter(({ answers }) => answers.some(answer => 'control' in answer && answer.control === id));
    expect([...control.requirements].toSorted()).toEqual(answered.map(requirement => requirement.id).toSorted());
  });
});

describe('what applies to the NoSQL API only', () => {
  const requirement = byId('NSP 13');
  const limited = requirement ? controlsAnswering(requirement) : [];
  const outside = accountFacts({
    account: account({ apis: ['mongodb'], publicNetworkAccess: 'Disabled' }),
    associations: [],
    perimeterHealth: { associations: 0, problems: [] },
  });

  test.each(limited.map(id => [id]))('%s does not apply to a MongoDB account outside perimeters', id => {
    const found = accountControls.find(control => control.id === id);
    expect(found?.judge(outside, { now: new Date('2026-11-20T06:00:00Z'), parameters: {}, organisation: organisation() }).status).toBe('notApplicable');
  });

  test('the facts are known', () => {
    expect(outside.associations).toEqual(known([], ['GET associations']));
  });
});
