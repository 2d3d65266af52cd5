import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from '../../src/tools/bicep/parse.ts';
import { bodyOf, propertyOf, resourcesOf, type Expression, type ObjectExpression } from '../../src/tools/bicep/syntax.ts';
import { renderAlertsModule, renderSavedFunctions } from '../../src/tools/docs/bicep-modules.ts';
import { alertRules, kqlFiles, parseKql, type AlertRule } from '../../src/tools/docs/kql-files.ts';

/** A value that is written out; other expressions as their kind. */
function plain(expression: Expression | null): unknown {
  if (expression?.kind === 'object') return Object.fromEntries(expression.properties.map(({ key, value }) => [key ?? '*', plain(value)]));
  if (expression?.kind === 'array') return expression.items.map(plain);
  if (expression?.kind === 'string' && expression.value === null) return expression.source;
  if (expression?.kind === 'call' && expression.name === 'loadTextContent') return { loads: plain(expression.args[0] ?? null) };
  if (expression?.kind === 'name') return { name: expression.name };
  return expression && 'value' in expression ? expression.value : expression?.kind;
}

const bodiesIn = (text: string): readonly (readonly [string, ObjectExpression])[] => {
  const { declarations, faults } = parse('module.bicep', text);
  expect(faults).toEqual([]);
  return resourcesOf(declarations).flatMap(resource => {
    const body = bodyOf(resource);
    return resource.existing || !body ? [] : [[resource.comment, body] as const];
  });
};
const inside = (body: ObjectExpression, key: string): ObjectExpression => {
  const value = propertyOf(body, key);
  if (value?.kind !== 'object') throw new Error(`${key} is no object.`);
  return value;
};

describe('saved functions', () => {
  const text = "// How many doors? It's ${one} row.\n// Parameters: Lookback:timespan = 30d, Stale:timespan = 2d\n// Columns:\n//   Doors  how many\nDoors_CL | count\n";

  test('are made of the texts, with their parameters', () => {
    const [[comment, body] = []] = bodiesIn(renderSavedFunctions([parseKql('DoorsLatest', text)]));
    expect(comment).toBe("How many doors? It's ${one} row.");
    expect(body && plain(body)).toEqual({
      parent: { name: 'workspace' },
      name: 'doorslatest',
      etag: '*',
      properties: { category: 'Cosmos DB compliance', displayName: 'DoorsLatest', functionAlias: 'DoorsLatest', functionParameters: 'Lookback:timespan = 30d, Stale:timespan = 2d', query: { loads: '../functions/DoorsLatest.kql' }, version: 2 },
    });
  });

  test('without parameters have none', () => {
    const [[, body] = []] = bodiesIn(renderSavedFunctions([parseKql('Doors', text.replace(/\/\/ Parameters.*\n/, ''))]));
    expect(body && Object.keys(plain(inside(body, 'properties')) as object)).not.toContain('functionParameters');
  });

  test('are all deployed', () => {
    const committed = readFileSync(join(import.meta.dirname, '../../infra/modules/saved-functions.bicep'), 'utf8');
    expect(bodiesIn(committed).map(([, body]) => plain(propertyOf(inside(body, 'properties'), 'functionAlias')))).toEqual(kqlFiles('functions').map(({ name }) => name));
  });
});

describe('alert rules', () => {
  const rule: AlertRule = {
    id: 'door-open',
    title: 'A door is open',
    description: "It's open.",
    runbook: '1. Close it.',
    severity: 1,
    query: 'door-open.kql',
    evaluationFrequency: 'PT15M',
    windowSize: 'PT15M',
    overrideQueryTimeRange: 'P2D',
    autoMitigate: false,
    muteActionsDuration: 'PT1H',
    dimensions: [{ name: 'Door', operator: 'Include', values: ['*'] }],
    resourceIdColumn: 'ResourceId',
    metricMeasureColumn: 'Doors',
    timeAggregation: 'Total',
    operator: 'GreaterThan',
    threshold: 3,
    failingPeriods: { numberOfEvaluationPeriods: 2, minFailingPeriodsToAlert: 1 },
    skipQueryValidation: true,
  };

  test('say everything that is declared', () => {
    const [[comment, body] = []] = bodiesIn(renderAlertsModule([rule]));
    if (!body) throw new Error('There is no rule.');
    expect(comment).toBe('A door is open.');
    expect(plain(propertyOf(body, 'name'))).toBe("'ccm-door-open-${suffix}'");
    expect(plain(inside(body, 'properties'))).toEqual({
      displayName: 'A door is open',
      description: "It's open.\n\n1. Close it.",
      severity: 1,
      enabled: 'operation',
      scopes: [{ name: 'workspaceId' }],
      evaluationFrequency: 'PT15M',
      windowSize: 'PT15M',
      overrideQueryTimeRange: 'P2D',
      autoMitigate: false,
      muteActionsDuration: 'PT1H',
      skipQueryValidation: true,
      criteria: {
        allOf: [
          {
            query: { loads: '../alerts/door-open.kql' },
            timeAggregation: 'Total',
            metricMeasureColumn: 'Doors',
            resourceIdColumn: 'ResourceId',
            dimensions: rule.dimensions,
            operator: 'GreaterThan',
            threshold: 3,
            failingPeriods: rule.failingPeriods,
          },
        ],
      },
      actions: { actionGroups: { name: 'actionGroupIds' }, customProperties: { name: 'shown' } },
    });
  });

  test('lead to the workbook of the deployment, in the portal of its cloud', () => {
    expect(renderAlertsModule([rule])).toContain("var shown = {\n  Workbook: '${environment().portal}/#resource${workbookId}/workbook'\n}");
    expect(readFileSync(join(import.meta.dirname, '../../infra/resources.bicep'), 'utf8')).toContain('workbookId: workbook.outputs.id');
  });

  test('leave out what is not declared', () => {
    const { overrideQueryTimeRange: _, muteActionsDuration: __, resourceIdColumn: ___, metricMeasureColumn: ____, ...least } = rule;
    const [[, body] = []] = bodiesIn(renderAlertsModule([{ ...least, dimensions: [] }]));
    const text = JSON.stringify(body && plain(inside(body, 'properties')));
    for (const name of ['overrideQueryTimeRange', 'muteActionsDuration', 'resourceIdColumn', 'metricMeasureColumn']) expect(text).not.toContain(name);
  });

  test('the threshold of scan-missing is a parameter, whose default is the number that is declared', () => {
    const [[, body] = []] = bodiesIn(renderAlertsModule([{ ...rule, id: 'scan-missing' }]));
    expect(JSON.stringify(body && plain(inside(body, 'properties')))).toContain('"threshold":{"name":"missingAfterHours"}');
    const resources = parse('resources.bicep', readFileSync(join(import.meta.dirname, '../../infra/resources.bicep'), 'utf8'));
    const parameter = resources.declarations.find(({ name }) => name === 'missingAfterHours');
    expect(parameter?.kind === 'param' && plain(parameter.value)).toBe(alertRules().find(({ id }) => id === 'scan-missing')?.threshold);
  });

  test('are all deployed', () => {
    const committed = readFileSync(join(import.meta.dirname, '../../infra/modules/alerts.bicep'), 'utf8');
    expect(bodiesIn(committed).map(([, body]) => plain(propertyOf(body, 'name')))).toEqual(alertRules().map(({ id }) => `'ccm-${id}-\${suffix}'`));
  });
});
