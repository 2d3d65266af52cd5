import { z } from 'zod';

// What ours may hold, stricter than the schema of the gallery: that one lets through wrong visualizations, sizes and misspelt properties.

const visibility = z.strictObject({ parameterName: z.string().min(1), comparison: z.enum(['isEqualTo', 'isNotEqualTo']), value: z.string() });
const placed = { name: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/i), conditionalVisibility: visibility.optional(), customWidth: z.enum(['25', '33', '50', '75']).optional() };
const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);

const logs = { queryType: z.literal(0), resourceType: z.literal('microsoft.operationalinsights/workspaces'), crossComponentResources: z.tuple([z.literal('{Workspace}')]) };
const graph = { queryType: z.literal(1), resourceType: z.literal('microsoft.resources/tenants'), crossComponentResources: z.tuple([z.literal('value::tenant')]) };
const query = z.string().min(1);
const timeContext = z.strictObject({ durationMs: z.int().min(122 * 86_400_000, 'the longest period, 90 days, looks back 31 days more') });

const iconNames = z.enum(['success', 'warning', 'error', 'critical', 'info', 'unknown', 'disabled', 'stopped', 'Sev0', 'Sev1', 'Sev2', 'Sev3', 'Sev4', 'up', 'down', 'Blank']);
const words = z.string().min(1, 'an icon or a colour alone says nothing to many');
const threshold = z.discriminatedUnion('operator', [
  z.strictObject({ operator: z.literal('=='), thresholdValue: z.string(), representation: iconNames, text: words }),
  z.strictObject({ operator: z.literal('Default'), thresholdValue: z.null(), representation: iconNames, text: words }),
]);
const thresholdsGrid = z
  .array(threshold)
  .refine(rows => rows.at(-1)?.operator === 'Default' && rows.filter(({ operator }) => operator === 'Default').length === 1, 'thresholds end with one Default')
  .refine(rows => new Set(rows.map(({ thresholdValue }) => thresholdValue)).size === rows.length, 'a threshold comes twice');
const columnMatch = z.string().min(1);
const palette = z.enum(['none', 'blue', 'whiteRed', 'greenRed', 'redGreen']);
const formatter = z.discriminatedUnion('formatter', [
  z.strictObject({ columnMatch, formatter: z.literal(1) }),
  z.strictObject({ columnMatch, formatter: z.literal(3), formatOptions: z.strictObject({ min: z.number(), max: z.number().optional(), palette }) }),
  z.strictObject({ columnMatch, formatter: z.literal(5) }),
  z.strictObject({ columnMatch, formatter: z.literal(6), dateFormat: z.strictObject({ formatName: z.literal('shortDateTimePattern') }) }),
  z.strictObject({ columnMatch, formatter: z.literal(7), formatOptions: z.strictObject({ linkTarget: z.literal('Url') }) }),
  z.strictObject({ columnMatch, formatter: z.literal(8), formatOptions: z.strictObject({ min: z.number(), palette }) }),
  z.strictObject({ columnMatch, formatter: z.literal(12), formatOptions: z.strictObject({ palette }), numberFormat: z.strictObject({ unit: z.int(), options: z.strictObject({ style: z.literal('decimal'), maximumFractionDigits: z.int() }) }) }),
  z.strictObject({ columnMatch, formatter: z.literal(13), formatOptions: z.strictObject({ linkTarget: z.literal('Resource'), showIcon: z.boolean() }) }),
  z.strictObject({ columnMatch, formatter: z.literal(18), formatOptions: z.strictObject({ thresholdsOptions: z.literal('icons'), thresholdsGrid }) }),
]);

const shared = { version: z.literal('KqlItem/1.0'), title: z.string().min(1), query, size: z.int().min(0).max(4), noDataMessage: z.string().min(10), noDataMessageStyle: z.union([z.literal(1), z.literal(3)]), timeContext, ...logs };
const gridSettings = z.strictObject({ formatters: z.array(formatter), filter: z.literal(true), rowLimit: z.int().min(1).max(10_000), labelSettings: z.array(z.strictObject({ columnId: columnMatch, label: z.string().min(1) })) });
const tileSettings = z.strictObject({ titleContent: formatter, subtitleContent: formatter, leftContent: formatter, secondaryContent: formatter, sortCriteriaField: columnMatch, sortOrderField: z.union([z.literal(1), z.literal(2)]), showBorder: z.boolean() });
const exported = z.strictObject({ fieldName: columnMatch, parameterName: z.string().min(1), parameterType: z.literal(1), defaultValue: z.literal('none') });
const queryContent = z.discriminatedUnion('visualization', [
  z.strictObject({ ...shared, visualization: z.literal('table'), showExportToExcel: z.literal(true), exportedParameters: z.array(exported).optional(), gridSettings }),
  z.strictObject({ ...shared, visualization: z.literal('tiles'), tileSettings }),
  ...(['barchart', 'timechart', 'linechart', 'areachart'] as const).map(kind => z.strictObject({ ...shared, visualization: z.literal(kind), chartSettings: z.strictObject({ xAxis: columnMatch, yAxis: z.array(columnMatch).min(1).max(100) }) })),
]);

const parameter = { id: uuid, version: z.literal('KqlParameterItem/1.0'), name: z.string().regex(/^[A-Z]\w*$/), isRequired: z.boolean() };
const visible = { label: z.string().min(1), description: z.string().min(10) };
const listed = z.string().refine(json => z.array(z.strictObject({ value: z.string(), label: z.string() })).min(1).max(1000).safeParse(parsed(json)).success, 'a list of values and labels');
const single = z.strictObject({ additionalResourceOptions: z.tuple([]), showDefault: z.literal(false) });
const several = z.strictObject({ additionalResourceOptions: z.tuple([z.literal('value::all')]), selectAllValue: z.literal('*'), showDefault: z.literal(false) });
const multi = { ...parameter, ...visible, type: z.literal(2), multiSelect: z.literal(true), quote: z.literal("'"), delimiter: z.literal(','), typeSettings: several, value: z.tuple([z.literal('value::all')]) };
const parameters = z.union([
  z.strictObject({ ...parameter, ...visible, type: z.literal(1), isRequired: z.literal(false), value: z.string() }),
  z.strictObject({ ...parameter, type: z.literal(1), isHiddenWhenLocked: z.literal(true), query, timeContext, ...logs }),
  z.strictObject({ ...parameter, type: z.literal(1), isHiddenWhenLocked: z.literal(true), query, timeContext, ...graph }),
  z.strictObject({ ...parameter, ...visible, type: z.literal(2), jsonData: listed, typeSettings: single, value: z.string().min(1) }),
  z.strictObject({ ...parameter, ...visible, type: z.literal(2), query, timeContext, ...logs, typeSettings: single, value: z.string().min(1) }),
  z.strictObject({ ...parameter, ...visible, type: z.literal(2), query, timeContext, ...graph, typeSettings: single, value: z.string().min(1) }),
  z.strictObject({ ...multi, jsonData: listed }),
  z.strictObject({ ...multi, query, timeContext, ...logs }),
  z.strictObject({ ...parameter, ...visible, type: z.literal(5), typeSettings: z.strictObject({ resourceTypeFilter: z.strictObject({ 'microsoft.operationalinsights/workspaces': z.literal(true) }), additionalResourceOptions: z.tuple([]) }), value: z.literal('<workspace-id>') }),
]);

const link = z.strictObject({ id: uuid, cellValue: z.string().min(1), linkTarget: z.literal('parameter'), linkLabel: z.string().min(1).max(20), subTarget: z.string().min(1), style: z.literal('link') });

const item: z.ZodType = z.lazy(() =>
  z.discriminatedUnion('type', [
    z.strictObject({ ...placed, type: z.literal(1), content: z.strictObject({ json: z.string().min(1), style: z.enum(['info', 'success', 'warning', 'error']).optional() }) }),
    z.strictObject({ ...placed, type: z.literal(3), content: queryContent }),
    z.strictObject({ ...placed, type: z.literal(9), content: z.strictObject({ version: z.literal('KqlParameterItem/1.0'), parameters: z.array(parameters).min(1), style: z.enum(['pills', 'above']), queryType: logs.queryType, resourceType: logs.resourceType }) }),
    z.strictObject({ ...placed, type: z.literal(11), content: z.strictObject({ version: z.literal('LinkItem/1.0'), style: z.literal('tabs'), links: z.array(link).min(2).max(10) }) }),
    z.strictObject({ ...placed, type: z.literal(12), content: z.strictObject({ version: z.literal('NotebookGroup/1.0'), groupType: z.literal('editable'), items: z.array(item).min(1) }) }),
  ]),
);

const book = z.strictObject({ version: z.literal('Notebook/1.0'), items: z.array(item).min(1), fallbackResourceIds: z.tuple([z.literal('<workspace-id>')]), $schema: z.url() });

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

/** What is wrong with the form of a workbook, each with its place. */
export function formProblems(candidate: unknown): readonly string[] {
  const result = book.safeParse(candidate);
  return result.success ? [] : result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}
