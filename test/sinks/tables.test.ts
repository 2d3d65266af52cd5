import { describe, expect, test } from 'vitest';
import { streamOf, tables } from '../../src/sinks/log-analytics/tables.ts';

/** @see https://learn.microsoft.com/azure/azure-monitor/logs/log-standard-columns */
const reserved = new Set(['_resourceid', '_subscriptionid', '_itemid', '_billedsize', '_isbillable', '_timereceived', 'id', 'tenantid', 'type', 'uniqueid', 'title', 'mg', 'sourcesystem', 'managementgroupname']);

test('there are three tables, each once', () => {
  expect(tables.map(({ name }) => name)).toEqual(['CosmosComplianceAssessments_CL', 'CosmosComplianceFindings_CL', 'CosmosComplianceScans_CL']);
});

describe.each(tables)('$name', ({ name, columns }) => {
  test('has a name that Log Analytics takes', () => {
    expect(name).toMatch(/^[A-Za-z][A-Za-z0-9_]{0,58}_CL$/);
    expect(streamOf({ name, columns })).toBe(`Custom-${name}`);
  });

  test.each(columns)('column $name is one that Log Analytics takes', column => {
    expect(column.name).toMatch(/^[A-Za-z][A-Za-z0-9_]{0,44}$/);
    expect(reserved).not.toContain(column.name.toLowerCase());
    expect(column.description).toMatch(/^[A-Za-z`].*\.$/);
  });

  test('has each column once, whatever the case', () => {
    const names = columns.map(column => column.name.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
    expect(columns.length).toBeLessThanOrEqual(500);
  });

  test('says when a row was written, by which scan, and when that began', () => {
    expect(columns.filter(column => column.name === 'TimeGenerated').map(({ type }) => type)).toEqual(['datetime']);
    expect(columns.filter(column => column.name === 'ScanTime').map(({ type }) => type)).toEqual(['datetime']);
    expect(columns.map(column => column.name)).toContain('ScanId');
  });
});
