import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { destinationsOf, extensions, formatNames, formatsFrom } from '../../src/cli/destinations.ts';
import { temporaryFolder } from '../support/folder.ts';

describe('--format', () => {
  test.each([
    ['one name', 'json', ['json']],
    ['several', 'html,sarif', ['html', 'sarif']],
    ['spaces around them', 'html , sarif', ['html', 'sarif']],
    ['one twice', 'csv,json,csv', ['csv', 'json']],
    ['all there are', formatNames.join(','), formatNames],
  ])('%s', (_, value, expected) => {
    expect(formatsFrom(value)).toEqual(expected);
  });

  test.each([['xml'], ['json,xml'], ['json,'], [''], ['constructor']])('%j names one that is none', value => {
    expect(() => formatsFrom(value)).toThrow(/is invalid\. Allowed choices are table, json, ndjson, html, csv, sarif, junit, ocsf, markdown/);
  });
});

describe('where a result goes', () => {
  test.each<[string, Parameters<typeof destinationsOf>[0], string | undefined, readonly (readonly [string, string | null])[]]>([
    ['one form, to standard output', ['sarif'], undefined, [['sarif', null]]],
    ['one form, to the file that is named, whatever its ending', ['json'], '/dev/null', [['json', '/dev/null']]],
    ['one form with the ending of another', ['table'], 'scan.json', [['table', 'scan.json']]],
    ['several, to a name', ['html', 'sarif', 'junit', 'ocsf'], 'out/report', [['html', 'out/report.html'], ['sarif', 'out/report.sarif'], ['junit', 'out/report.xml'], ['ocsf', 'out/report.ocsf.jsonl']]],
    ['several, to a name that ends like one of them', ['html', 'ocsf'], 'report.ocsf.jsonl', [['html', 'report.html'], ['ocsf', 'report.ocsf.jsonl']]],
    ['several, to a name with a dot in it', ['html', 'csv'], 'report.2026', [['html', 'report.2026.html'], ['csv', 'report.2026.csv']]],
    ['into what ends like a folder', ['csv'], 'out/', [['csv', 'out/cosmos-compliance.csv']]],
  ])('%s', (_, formats, output, expected) => {
    expect(destinationsOf(formats, output).map(({ format, file }) => [format, file])).toEqual(expected);
  });

  test('a folder that is there takes one form and several', () => {
    const folder = temporaryFolder();
    expect(destinationsOf(['table', 'markdown'], folder).map(({ file }) => file)).toEqual([join(folder, 'cosmos-compliance.txt'), join(folder, 'cosmos-compliance.md')]);
    expect(destinationsOf(['csv'], folder)).toEqual([{ format: 'csv', file: join(folder, 'cosmos-compliance.csv') }]);
  });

  test('several forms without --output are an error that says what to do', () => {
    expect(() => destinationsOf(['html', 'sarif'], undefined)).toThrow(/--format has 2 forms \(html, sarif\), which do not fit into one standard output\. Name them with --output: --output report writes report\.html/);
  });

  test('no two forms have the same ending', () => {
    expect(new Set(Object.values(extensions)).size).toBe(formatNames.length);
  });
});
