import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { allControls } from '../../src/controls/index.ts';
import type { Workbook } from '../../src/tools/workbook/items.ts';
import { renderWorkbook } from '../../src/tools/workbook/index.ts';
import { filtered, kql, literal, ready, withControls, workbookFile } from '../../src/tools/workbook/queries.ts';
import { deployed } from '../support/kql/workspace.ts';
import { now } from '../support/kql/rows.ts';
import { problemsOf } from './workbook-checker.ts';
import { asked, committed, everything, itemsOf, queriesOf, substituted } from './workbook-values.ts';

const text = JSON.stringify(committed(), null, 1);
const files = readdirSync(join(import.meta.dirname, '../../infra/workbook')).map(file => file.replace('.kql', ''));

describe('the workbook', () => {
  test('has nothing wrong in it', () => {
    expect(problemsOf(committed())).toEqual([]);
  });

  test('is the same whenever it is made', () => {
    expect(renderWorkbook(allControls) === renderWorkbook(allControls)).toBe(true);
  });

  test('fits into a template: a file that loadJsonContent takes, in a resource of less than 1 MB', () => {
    expect(renderWorkbook(allControls).length).toBeLessThan(1_048_576);
  });

  test('leaves the workspace to the deployment, and to whoever looks', () => {
    expect(text.match(/<workspace-id>/g)).toHaveLength(2);
  });

  test('shows its head and its empty states whatever tab is chosen', () => {
    const always = committed().items.map(({ name, conditionalVisibility }) => [name, conditionalVisibility?.parameterName ?? '']);
    expect(always).toEqual([
      ['title', ''],
      ['parameters', ''],
      ['state', ''],
      ['empty-noTable', 'Setup'],
      ['empty-noRows', 'Setup'],
      ['empty-noScan', 'Setup'],
      ['partial', 'Partial'],
      ['silent', 'Silent'],
      ['group-is-cut', 'GroupIsCut'],
      ['head', 'Setup'],
      ['body', 'Setup'],
    ]);
  });

  test('has a tab for each question', () => {
    const tabs = itemsOf(committed().items).flatMap(item => (item.type === 11 ? item.content.links.map(({ subTarget }) => `tab-${subTarget}`) : []));
    expect(itemsOf(committed().items).map(({ name }) => name).filter(name => name.startsWith('tab-'))).toEqual(tabs);
  });

  test('tells what fixes every control of the catalogue', () => {
    const query = queriesOf(committed()).find(({ name }) => name === 'what-fixes-it')?.query ?? '';
    const rows = deployed().run(`${query.slice(0, query.lastIndexOf('];') + 2)}\nControls`, {}, now);
    expect(rows).toEqual(allControls.map(({ id, title, remediation, references }) => ({ ControlId: id, Title: title, Fix: remediation.text, Cli: remediation.cli ?? '', Documentation: references[0] })));
  });

  test('uses every query of its folder', () => {
    const last = (name: string): string => workbookFile(name).text.trimEnd().split('\n').at(-1) ?? '';
    const used = queriesOf(committed()).map(({ query }) => query).join('\n');
    expect(files.filter(name => !used.includes(last(name)))).toEqual([]);
  });
});

describe.each(files.filter(name => name !== 'filters'))('infra/workbook/%s.kql', name => {
  const file = workbookFile(name);
  const query = name === 'what-fixes-it' ? withControls(name, allControls) : kql(name);
  const isOfGraph = file.answers.includes('Asked of Resource Graph');

  test('has the columns that its first lines promise', () => {
    expect((asked(isOfGraph ? 1 : 0).analyse(substituted(query, everything)).columns ?? []).map(column => column.name)).toEqual(file.columns.map(column => column.name));
  });

  test('is one text, without trailing space', () => {
    expect(file.text.endsWith('\n') && !/[ \t]\n|\n\n|\t/.test(file.text), 'one line break at the end, none to spare').toBe(true);
  });
});

describe('the checker finds', () => {
  /** The workbook with one text in place of another, which is there. */
  const broken = (from: string, to: string): Workbook => {
    expect(text, `the workbook has ${from}`).toContain(from);
    return JSON.parse(text.replace(from, () => to)) as Workbook;
  };

  test.each([
    ['another version', '"version": "Notebook/1.0"', '"version": "Notebook/2.0"', 'version'],
    ['no items', '"items": [', '"entries": [', 'items'],
    ['a type of items that is none', '"type": 3,', '"type": 4,', 'type'],
    ['a visualization that is none', '"visualization": "tiles"', '"visualization": "tilez"', 'visualization'],
    ['a size that is none', '"size": 4', '"size": 5', 'size'],
    ['a misspelt property', '"noDataMessage":', '"noDataMesage":', 'noDataMes'],
    ['a query of another type', '"queryType": 0,\n      "resourceType": "microsoft.operationalinsights/workspaces",\n      "crossComponentResources"', '"queryType": 8,\n      "resourceType": "microsoft.operationalinsights/workspaces",\n      "crossComponentResources"', 'items.'],
    ['a parameter without a name', '"name": "Tag",', '"name": "",', 'items.'],
    ['a formatter that is none', '"formatter": 13', '"formatter": 99', 'formatter'],
    ['an icon that is none', '"representation": "Sev0"', '"representation": "Sev9"', 'representation'],
    ['an icon without words', '"text": "critical"', '"text": ""', 'an icon or a colour alone says nothing to many'],
    ['colours in place of icons', '"thresholdsOptions": "icons"', '"thresholdsOptions": "colors"', 'thresholdsOptions'],
    ['thresholds without a default', '"operator": "Default"', '"operator": "=="', 'threshold'],
    ['more rows than a workbook shows', '"rowLimit": 10000', '"rowLimit": 10001', 'rowLimit'],
    ['a time range that cuts off what queries look back to', '"durationMs": 10800000000', '"durationMs": 86400000', 'durationMs'],
    ['a comparison that is none', '"comparison": "isEqualTo"', '"comparison": "equals"', 'comparison'],
    ['two items of one name', '"name": "exposure-grid"', '"name": "head"', 'item head is there 2 times'],
    ['two parameters of one name', '"name": "ResourceText"', '"name": "Tag"', 'parameter Tag is there 2 times'],
    ['a parameter that a grid sets as well', '"parameterName": "Picked",', '"parameterName": "Tag",', 'parameter Tag is there 2 times'],
    ['two ids that are the same', '"id": "', '"id": "00000000-0000-5000-8000-000000000000", "ids": "', 'ids'],
    ['a condition on what nothing sets', '"parameterName": "Silent"', '"parameterName": "Silence"', 'silent: shown by Silence, which nothing sets before'],
    ['a tab that no link opens', '"value": "scanner"', '"value": "health"', 'tab-scanner: shown by Tab health, which no tab sets'],
    ['a link that opens no tab', '"subTarget": "scanner"', '"subTarget": "health"', 'tab-scanner: shown by Tab scanner, which no tab sets'],
    ['tabs that set different parameters', '"cellValue": "Tab"', '"cellValue": "Page"', 'tabs: tabs that set different parameters'],
    ['a text with a parameter that is none', '"{Silent}"', '"{Silence}"', 'silent: {Silence} is set by nothing before it'],
    ['a query with a parameter that is none', '```{Shown}```', '```{Show}```', '{Show} is set by nothing before it'],
    ['a text with a parameter of another group', '### {Control}', '### {PickedControl}', 'finding-about: {PickedControl} is set by nothing before it'],
    ['a workspace that nobody chose', '"{Workspace}"', '"{Place}"', 'items.1.content.parameters.6'],
    ['a table that is not there', 'CosmosComplianceScans_CL', 'CosmosComplianceScan_CL', 'parameters: Subscription: KS204'],
    ['a column that is not there', '| where TimeGenerated > ago(90d)', '| where TimeCreated > ago(90d)', 'KS142'],
    ['a query that does not parse', '| top 1 by Rank desc', '| top by Rank desc', 'KS'],
    ['a comparison of different types', 'ClosedScans == 0', "ClosedScans == '0'", 'state: Setup: compares long with string'],
    ['a formatter for a column that is not there', '"columnMatch": "ExpiresOn"', '"columnMatch": "EndsOn"', 'exemptions: the query gives no column EndsOn'],
    ['a formatter for a column of another type', '"columnMatch": "ExpiresOn"', '"columnMatch": "Owner"', 'exemptions: formatter 6 cannot show Owner, a string'],
    ['two formatters for a column', '"columnMatch": "ExpiresOn"', '"columnMatch": "Critical"', 'exemptions: two formatters for Critical'],
    ['a heading for a column that is not there', '"columnId": "DecidedBy"', '"columnId": "DecidedOn"', 'exposure-grid: the query gives no column DecidedOn'],
    ['a click that takes a column that is not there', '"fieldName": "ResourceId"', '"fieldName": "Id"', 'accounts: the query gives no column Id'],
    ['a chart of a column that is not there', '"yAxis": [', '"yAxis": [ "Total",', 'reach-counts: the query gives no column Total'],
    ['a chart of words', '"yAxis": [', '"yAxis": [ "ReachedBy",', 'reach-counts: ReachedBy is no number'],
    ['tiles in an order that is not there', '"sortCriteriaField": "Order"', '"sortCriteriaField": "Place"', 'head: the query gives no column Place'],
    ['the id of a subscription', 'How the monitor itself does, over', '/subscriptions/0f5bd7a4-54ff-4ea5-9c1f-0d2c0a1b2c3d', 'json holds the id of a subscription or tenant'],
    ['a text that is too long', 'How the monitor itself does, over', 'x'.repeat(131_072), 'json is longer than 131072 characters'],
  ])('%s', (_, from, to, problem) => {
    expect(problemsOf(broken(from, to))).toEqual(expect.arrayContaining([expect.stringContaining(problem)]));
  });

  test('a parameter that is set later than it is used', () => {
    const book = committed();
    const parameters = book.items.map(item => (item.type === 9 && item.name === 'parameters' ? { ...item, content: { ...item.content, parameters: item.content.parameters.toReversed() } } : item));
    expect(problemsOf({ ...book, items: parameters })).toEqual(expect.arrayContaining([expect.stringContaining('parameters: Subscription: {SubscriptionText} is set by nothing before it')]));
  });

  test('a grid after what it sets', () => {
    const book = committed();
    const turned = (items: Workbook['items']): Workbook['items'] => items.map(item => (item.type === 12 ? { ...item, content: { ...item.content, items: item.name === 'tab-account' ? item.content.items.toReversed() : turned(item.content.items) } } : item));
    expect(problemsOf({ ...book, items: turned(book.items) })).toEqual(expect.arrayContaining([expect.stringContaining('{Picked} is set by nothing before it')]));
  });
});

describe('parts of queries', () => {
  test('a query takes the statements that it names, and those that they name, in order', () => {
    const statements = new Map([['A', 'let A = 1;'], ['B', 'let B = A;'], ['C', 'let C = 3;'], ['AB', 'let AB = 4;']]);
    expect(filtered('print B', statements)).toBe('let A = 1;\nlet B = A;\nprint B');
    expect(filtered('print 1', statements)).toBe('print 1');
  });

  test('a ready query is changed in one place, or not at all', () => {
    expect(ready('scan-health', { 'CosmosComplianceScans(7d)': 'CosmosComplianceScans({Period})' })).toContain('CosmosComplianceScans({Period})');
    expect(() => ready('scan-health', { 'CosmosComplianceScans(8d)': '' })).toThrow('infra/queries/scan-health.kql has "CosmosComplianceScans(8d)" 0 times');
    expect(() => ready('scan-health', { round: '' })).toThrow('2 times');
    expect(() => ready('missing', {})).toThrow('infra/queries has no missing.kql');
  });

  test.each([['plain'], ['with "quotes" and \'others\''], ['a \\ and a\nbreak'], ['{Workspace} and {"a": {"b": 1}}'], ['--workspace <workspace-id>'], ['ünïcode']])('a literal says the same to the engine, and nothing to the workbook or its deployment: %s', value => {
    const query = `print Value = ${literal(value)}`;
    expect(deployed().run(substituted(query, everything).replaceAll('<workspace-id>', 'another'), {}, now)).toEqual([{ Value: value }]);
  });
});
