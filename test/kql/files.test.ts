import { describe, expect, test } from 'vitest';
import { alertRules, kqlFiles, parametersOf, parseKql, type KqlFile, type KqlFolder } from '../../src/tools/docs/kql-files.ts';
import { renderAlerts, renderFunctions, renderQueries } from '../../src/tools/docs/kql.ts';
import { lint } from '../support/kql/lint.ts';
import { declared } from '../support/kql/kusto.ts';
import { deployed } from '../support/kql/workspace.ts';

const functions = kqlFiles('functions');
const files = (['functions', 'queries', 'alerts'] as const).flatMap(folder => kqlFiles(folder).map(file => [`${folder}/${file.name}`, folder, file] as const));

/** Names of the columns that the header promises, those of another function included. */
function promised({ columnsOf, columns }: KqlFile): readonly string[] {
  const base = functions.find(({ name }) => name === columnsOf);
  return [...(base ? promised(base) : []), ...columns.map(({ name }) => name)];
}

const use = (folder: KqlFolder): 'query' | 'alert' => (folder === 'alerts' ? 'alert' : 'query');

describe.each(files)('%s', (_, folder, file) => {
  const analysis = deployed().analyse(declared({ parameters: file.parameters, body: file.text }));

  test('says nothing that the language does not know', () => {
    expect(analysis.diagnostics).toEqual([]);
  });

  test('says nothing that the engine does differently than one thinks', () => {
    expect(lint(analysis, use(folder))).toEqual([]);
  });

  test('has the columns that its first lines promise', () => {
    expect((analysis.columns ?? []).map(({ name }) => name)).toEqual(promised(file));
  });

  test('is one text, without trailing space', () => {
    expect(file.text.endsWith('\n') && !/[ \t]\n|\n\n|\t/.test(file.text), 'one line break at the end, none to spare').toBe(true);
    expect(Math.max(...file.text.split('\n').map(line => line.length))).toBeLessThanOrEqual(240);
  });
});

test.each(functions.map(file => [file.name, file] as const))('%s can be called without arguments', (name, file) => {
  for (const parameter of parametersOf(file)) expect(parameter).toMatch(/^[A-Z]\w+:(timespan|int) = \w+$/);
  expect(deployed().run(`${name}()`, {}, new Date('2026-11-20T10:00:00Z')), 'nothing of nothing').toEqual([]);
});

test.each([
  ['functions', renderFunctions()],
  ['queries', renderQueries()],
  ['alerts', renderAlerts(alertRules())],
] as const)('the index of infra/%s has a section for each text, and each of its columns', (folder, index) => {
  for (const { name, columns } of kqlFiles(folder)) {
    expect(index).toContain(`## ${name}\n`);
    const missing = columns.filter(column => folder !== 'alerts' && !index.includes(`| \`${column.name}\` |`));
    expect(missing).toEqual([]);
  }
});

describe('a header', () => {
  test.each([
    ['no columns', '// What is there?\nT\n', 'does not begin with comment lines that name its columns'],
    ['no question', '// All of it.\n// Columns:\n//   A  a\nT\n', 'does not begin with the question that it answers'],
    ['a column without description', '// What is there?\n// Columns:\n//   A\nT\n', '"  A" is no column'],
  ])('with %s is refused', (_, text, problem) => {
    expect(() => parseKql('sample', text)).toThrow(problem);
  });

  test('is read line by line', () => {
    const text =
      '// What is there? One row\n// per thing.\n// Parameters: Lookback:timespan = 30d, Least:int = 1\n// Columns: those of CosmosComplianceLatest, and\n//   Name  its name, and more\nT\n';
    expect(parseKql('sample', text)).toEqual({
      name: 'sample',
      text,
      answers: 'What is there? One row per thing.',
      parameters: 'Lookback:timespan = 30d, Least:int = 1',
      columnsOf: 'CosmosComplianceLatest',
      columns: [{ name: 'Name', description: 'its name, and more' }],
    });
  });
});

describe('lint', () => {
  test.each([
    ['CosmosComplianceScans_CL | extend Before = prev(ScanTime)', 'looks at other rows'],
    ['CosmosComplianceScans_CL | sort by ScanTime asc | summarize count() by ScanTime | extend Before = prev(ScanTime)', 'looks at other rows'],
    ["CosmosComplianceScans_CL | where Complete == 'yes'", 'compares bool with string'],
    ["CosmosComplianceScans_CL | where Expected in ('1')", 'looks for int among string'],
    ["CosmosComplianceScans_CL | extend A = iff(Complete, 1, 'no')", 'gives long or string'],
    ['CosmosComplianceScans_CL | join (CosmosComplianceScans_CL) on ScanId', 'joins without a kind'],
    ['CosmosComplianceScans_CL | join kind=inner (CosmosComplianceScans_CL) on Warnings', 'joins on something dynamic'],
    ['CosmosComplianceScans_CL | extend A = Warnings.x + 1', 'calculates with something dynamic'],
    ['.show tables', 'is no query'],
    ['let A = 1;', 'has no tabular result'],
  ])('finds what is wrong with %s', (text, problem) => {
    expect(lint(deployed().analyse(text), 'query')).toEqual(expect.arrayContaining([expect.stringContaining(problem)]));
  });

  test.each([
    ['CosmosComplianceScans_CL | take 5', 'has a TakeOperator'],
    ['CosmosComplianceScans_CL | count', 'has a CountOperator'],
    ['union CosmosComplianceScans_CL, CosmosComplianceFindings_CL', 'has a union'],
    ['let W = 1h; CosmosComplianceScans_CL | where TimeGenerated > ago(W)', 'is no literal'],
    ['CosmosComplianceLatest()', 'calls a saved function'],
    ['CosmosComplianceScans_CL | extend AggregatedValue = 1 | where AggregatedValue > 0', 'reserved word'],
  ])('finds what an alert rule may not have in %s', (text, problem) => {
    expect(lint(deployed().analyse(text), 'query')).toEqual([]);
    expect(lint(deployed().analyse(text), 'alert')).toEqual(expect.arrayContaining([expect.stringContaining(problem)]));
  });
});

describe('alert rules', () => {
  const rules = alertRules();
  const minutes = (duration: string): number => {
    const [, days = '0', hours = '0', mins = '0'] = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(duration) ?? [];
    return Number(days) * 1440 + Number(hours) * 60 + Number(mins);
  };

  test('every text has one rule, in order', () => {
    expect(rules.map(({ query }) => query)).toEqual(kqlFiles('alerts').map(({ name }) => `${name}.kql`));
    expect(rules.map(({ id }) => `${id}.kql`)).toEqual(rules.map(({ query }) => query));
  });

  test.each(rules.map(rule => [rule.id, rule] as const))('%s keeps what Azure Monitor allows', (id, rule) => {
    const columns = new Map((deployed().analyse(kqlFiles('alerts').find(({ name }) => name === id)?.text ?? '').columns ?? []).map(({ name, type }) => [name, type]));
    expect(rule.dimensions.length).toBeLessThanOrEqual(6);
    for (const { name } of rule.dimensions) expect(columns.get(name), `${name}: a dimension is a text or a number`).toMatch(/^(string|long|int|real)$/);
    expect(rule.resourceIdColumn === undefined || columns.get(rule.resourceIdColumn) === 'string', 'a resource id is a text').toBe(true);
    expect(rule.metricMeasureColumn === undefined || /^(long|int|real)$/.test(columns.get(rule.metricMeasureColumn) ?? ''), 'a measure is a number').toBe(true);
    expect(rule.metricMeasureColumn === undefined, 'a column is measured, or rows are counted').toBe(rule.timeAggregation === 'Count');
    expect([...columns.values()], 'a time in the result would spread the rows over several periods').not.toContain('datetime');
    expect(minutes(rule.evaluationFrequency)).toBeGreaterThanOrEqual(5);
    expect(minutes(rule.evaluationFrequency)).toBeLessThanOrEqual(rule.autoMitigate ? 720 : 1440);
    expect(minutes(rule.overrideQueryTimeRange ?? rule.windowSize)).toBeLessThanOrEqual(2880);
    expect(rule.autoMitigate && rule.muteActionsDuration !== undefined, 'one excludes the other').toBe(false);
    expect(JSON.stringify(rule).length + (kqlFiles('alerts').find(({ name }) => name === id)?.text.length ?? 0)).toBeLessThan(64_000);
    expect(rule.title).not.toContain(';');
    expect(rule.runbook).toMatch(/^1\. [A-Z]/);
  });

  const textOf = (id: string): string => kqlFiles('alerts').find(({ name }) => name === id)?.text ?? '';
  const events = rules.filter(({ autoMitigate }) => !autoMitigate);

  test('what tells of events looks at arrivals, or reminds by the day', () => {
    expect(events.filter(({ id }) => !textOf(id).includes('ArrivedAt')).map(({ id }) => id)).toEqual(['perimeter-not-enforced']);
  });

  test.each(events.filter(({ id }) => textOf(id).includes('ArrivedAt')).map(rule => [rule.id, rule] as const))(
    '%s tells of what arrived since the last evaluation',
    (id, rule) => {
      const [, window = ''] = /where ArrivedAt > ago\((\w+)\)/.exec(textOf(id)) ?? [];
      expect({ '15m': 15, '1d': 1440 }[window]).toBe(minutes(rule.evaluationFrequency));
      expect(rule.windowSize).toBe(rule.evaluationFrequency);
      expect(rule.overrideQueryTimeRange, 'the first of two copies has to be seen').toBe('P2D');
    },
  );

  test.each(rules.flatMap(({ id, runbook }) => [...runbook.matchAll(/infra\/\w+\/[\w.-]+\.kql/g)].map(([file]) => [id, file] as const)))(
    '%s names %s, which is there',
    (_, file) => {
      expect(files.map(([path]) => `infra/${path}.kql`)).toContain(file);
    },
  );
});
