import type { SentRow, Tables } from '../support/kql/evaluate.ts';

/** The rows that show the present state, by the rules of the saved functions and without their language: `id scan`. */
export function survivors(tables: Tables, kind: 'findings' | 'resources'): readonly string[] {
  const rows = tables[kind === 'findings' ? 'CosmosComplianceFindings_CL' : 'CosmosComplianceAssessments_CL'] ?? [];
  const idName = kind === 'findings' ? 'FindingId' : 'ResourceId';
  const fullAt = new Map<string, string>();
  for (const [part, readings] of Map.groupBy(fullReadings(tables), reading => reading.part)) {
    const newest = readings.toSorted((a, b) => (a.time < b.time ? 1 : -1)).slice(0, kind === 'findings' ? 2 : undefined);
    const whole = newest.find(reading =>
      kind === 'findings' ? findingsArrived(rows, reading.scanId, part) >= reading.findingRows : resourcesArrived(rows, reading.scanId, part) >= reading.resources,
    );
    if (whole) fullAt.set(part, whole.time);
  }
  return [...Map.groupBy(rows, row => String(row[idName]))].flatMap(([id, own]) => {
    const since = own.filter(row => String(row['ScanTime']) >= (fullAt.get(partOf(row)) ?? ''));
    const [last] = since.toSorted((a, b) => order(b) - order(a));
    return last && last['Change'] !== 'gone' ? [`${id} ${String(last['ScanId'])}`] : [];
  });
}

/** By scan, and within one by when it was written. */
function order(row: SentRow): number {
  return Date.parse(String(row['ScanTime'])) * 1e-3 + Date.parse(String(row['TimeGenerated'])) * 1e-12;
}

function partOf(row: SentRow): string {
  return String(row['ResourceType']).endsWith('networksecurityperimeters') ? 'tenant' : String(row['SubscriptionId']);
}

interface FullReading {
  readonly scanId: string;
  readonly part: string;
  readonly time: string;
  readonly findingRows: number;
  readonly resources: number;
}

/** Of a part that a scan wrote twice, the accounts of the reading that is there count, and the rows of the full one. */
function fullReadings(tables: Tables): readonly FullReading[] {
  const scans = tables['CosmosComplianceScans_CL'] ?? [];
  const read = scans.filter(row => (row['Kind'] === 'subscription' && row['Outcome'] === 'scanned') || (row['Kind'] === 'scan' && row['Complete'] === true));
  const made = read.map(row => ({
    scanId: String(row['ScanId']),
    part: row['Kind'] === 'scan' ? 'tenant' : String(row['SubscriptionId']),
    time: String(row['ScanTime']),
    findingRows: row['Emission'] === 'full' ? Number(row['FindingRows']) : -1,
    resources: Number(row['Kind'] === 'scan' ? row['Perimeters'] : row['Accounts']),
  }));
  return [...Map.groupBy(made, ({ scanId, part }) => `${scanId} ${part}`).values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    const merged = { ...first, findingRows: Math.max(first.findingRows, ...others.map(each => each.findingRows)) };
    return merged.findingRows < 0 ? [] : [merged];
  });
}

function findingsArrived(rows: readonly SentRow[], scanId: string, part: string): number {
  return new Set(rows.filter(row => row['ScanId'] === scanId && (part === 'tenant' || partOf(row) === part)).map(row => String(row['FindingId']))).size;
}

function resourcesArrived(rows: readonly SentRow[], scanId: string, part: string): number {
  return new Set(rows.filter(row => row['ScanId'] === scanId && partOf(row) === part && row['Change'] !== 'gone').map(row => String(row['ResourceId']))).size;
}
