import { describe, expect, test } from 'vitest';
import { reportCollector } from '../../src/cli/report-input.ts';
import { allControls } from '../../src/controls/index.ts';
import { requirements } from '../../src/requirements/index.ts';
import { assessment, comparison, result, scan, summary } from '../support/results.ts';

describe('what reports are made of', () => {
  test('is everything the sinks were given, in order', async () => {
    const collector = reportCollector();
    await collector.subscription(scan(), result({ subscriptionId: 'b' }), comparison([assessment({ resourceId: '/B' }), assessment({ resourceId: '/a' })]));
    await collector.subscription(scan(), result({ subscriptionId: 'a' }), comparison([assessment({ resourceId: '/C' })]));
    await collector.close(summary(), comparison([assessment({ resourceId: '/aa' })]), new Map());
    const input = collector.input({ summary: summary(), subscriptions: [result({ subscriptionId: 'b' }), result({ subscriptionId: 'a' })] });
    expect(input.assessments.map(({ resourceId }) => resourceId)).toEqual(['/a', '/aa', '/B', '/C']);
    expect(input.subscriptions.map(({ subscriptionId }) => subscriptionId)).toEqual(['a', 'b']);
    expect(input.controls.map(({ id }) => id)).toEqual(allControls.map(({ id }) => id).toSorted());
  });

  test('has every requirement with its document and the controls that answer it', () => {
    const { requirements: shown } = reportCollector().input({ summary: summary(), subscriptions: [] });
    expect(shown).toHaveLength(requirements.length);
    expect(shown.find(({ id }) => id === 'ASB IM-3')).toEqual({ id: 'ASB IM-3', document: 'Azure Security Baseline for Cosmos DB', title: 'People reach applications through single sign-on.', responsibility: 'customer', controls: ['sso-required'] });
    const known = new Set(allControls.map(({ id }) => id));
    expect(shown.flatMap(({ controls }) => controls).filter(id => !known.has(id))).toEqual([]);
  });

  test.each([['public', 'https://portal.azure.com'], ['usgovernment', 'https://portal.azure.us'], ['china', 'https://portal.azure.cn'], ['custom', null]])('knows the portal of the cloud %s', (cloud, portal) => {
    expect(reportCollector().input({ summary: summary({ cloud }), subscriptions: [] }).portal).toBe(portal);
  });
});
