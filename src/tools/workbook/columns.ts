import type { Formatter } from './items.ts';

// Numbers of formatters as the portal writes them.
// @see https://github.com/microsoft/Application-Insights-Workbooks/blob/master/schema/workbook.json
const [bar, hidden, date, link, heatmap, resource, thresholds] = [3, 5, 6, 7, 8, 13, 18];

export function hide(columnMatch: string): Formatter {
  return { columnMatch, formatter: hidden };
}

/** The name of a resource, which opens it in the portal. */
export function resourceLink(columnMatch: string): Formatter {
  return { columnMatch, formatter: resource, formatOptions: { linkTarget: 'Resource', showIcon: true } };
}

export function urlLink(columnMatch: string): Formatter {
  return { columnMatch, formatter: link, formatOptions: { linkTarget: 'Url' } };
}

export function dateTime(columnMatch: string): Formatter {
  return { columnMatch, formatter: date, dateFormat: { formatName: 'shortDateTimePattern' } };
}

/** More is worse: deeper red. The number stays readable. */
export function heat(columnMatch: string): Formatter {
  return { columnMatch, formatter: heatmap, formatOptions: { min: 0, palette: 'whiteRed' } };
}

/** A number of a hundred, with a bar. */
export function hundred(columnMatch: string): Formatter {
  return { columnMatch, formatter: bar, formatOptions: { min: 0, max: 100, palette: 'blue' } };
}

export function amount(columnMatch: string): Formatter {
  return { columnMatch, formatter: bar, formatOptions: { min: 0, palette: 'blue' } };
}

/** What a value is shown as: an icon and words, so that nobody has to tell colours apart. */
type Icons = Readonly<Record<string, readonly [icon: Icon, words: string]>>;
type Icon = 'success' | 'warning' | 'error' | 'critical' | 'info' | 'unknown' | 'disabled' | 'stopped' | 'Sev0' | 'Sev1' | 'Sev2' | 'Sev3' | 'Sev4' | 'up' | 'down';

/** A formatter that shows an icon beside words for each value; other values stay as they are, without an icon. */
export function icons(columnMatch: string, values: Icons): Formatter {
  const rows = Object.entries(values).map(([value, [representation, words]]) => ({ operator: '==', thresholdValue: value, representation, text: words }));
  const thresholdsGrid = [...rows, { operator: 'Default', thresholdValue: null, representation: 'Blank', text: '{0}{1}' }];
  return { columnMatch, formatter: thresholds, formatOptions: { thresholdsOptions: 'icons', thresholdsGrid } };
}

export const severityIcons: Icons = { critical: ['Sev0', 'critical'], high: ['Sev1', 'high'], medium: ['Sev2', 'medium'], low: ['Sev3', 'low'], info: ['Sev4', 'info'] };

export const statusIcons: Icons = {
  fail: ['error', 'fails'],
  unknown: ['unknown', 'unknown'],
  manual: ['warning', 'not attested'],
  pass: ['success', 'passes'],
  notApplicable: ['disabled', 'does not apply'],
  gone: ['stopped', 'gone'],
};

export const reachIcons: Icons = {
  internet: ['critical', 'Internet'],
  allAzure: ['critical', 'all of Azure'],
  selectedNetworks: ['warning', 'selected networks'],
  perimeterRules: ['info', 'perimeter rules'],
  privateOnly: ['success', 'private endpoints only'],
  closed: ['success', 'nobody'],
  unknown: ['unknown', 'not known'],
};

export const outcomeIcons: Icons = {
  scanned: ['success', 'read'],
  denied: ['error', 'denied'],
  throttled: ['error', 'throttled'],
  failed: ['error', 'failed'],
  skipped: ['disabled', 'left out'],
  absent: ['warning', 'not seen'],
};

export const scanIcons: Icons = { complete: ['success', 'complete'], partial: ['error', 'incomplete'], unclosed: ['critical', 'never finished'], running: ['info', 'running'] };

export const eventIcons: Icons = {
  opened: ['critical', 'opened to anybody'],
  newFailing: ['error', 'newly failing'],
  regressed: ['error', 'fails again'],
  fixed: ['success', 'fixed'],
  closed: ['success', 'closed to the public'],
  gone: ['disabled', 'finding gone'],
  resourceNew: ['info', 'new resource'],
  resourceGone: ['disabled', 'resource gone'],
};

export const causeIcons: Icons = { resource: ['warning', 'somebody changed it'], baseline: ['info', 'the baseline asks for more'], firstScan: ['info', 'seen for the first time'] };

export const tileIcons: Icons = { act: ['error', 'Act'], watch: ['warning', 'Watch'], good: ['success', 'Good'], unknown: ['unknown', 'Not known'] };

export const attestationIcons: Icons = { 'not attested': ['error', 'not attested'], 'ends soon': ['warning', 'ends soon'], attested: ['success', 'attested'] };

export const readingIcons: Icons = { current: ['success', 'current'], old: ['warning', 'older than two days'] };
