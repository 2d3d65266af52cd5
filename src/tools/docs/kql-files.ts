import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** A text in KQL with what its first comment lines say. */
export interface KqlFile {
  /** File name without its ending: `open-critical`, `CosmosComplianceLatest`. */
  readonly name: string;
  readonly text: string;
  /** What it answers, a question first. */
  readonly answers: string;
  /** Of a saved function, as a saved search takes them; empty where there are none. */
  readonly parameters: string;
  /** The function whose columns it has as well; null where it has only its own. */
  readonly columnsOf: string | null;
  readonly columns: readonly { readonly name: string; readonly description: string }[];
}

export type KqlFolder = 'functions' | 'queries' | 'alerts';

const infra = join(import.meta.dirname, '../../../infra');

/** Every KQL text of a folder of infra, by name. */
export function kqlFiles(folder: KqlFolder): readonly KqlFile[] {
  return readdirSync(join(infra, folder))
    .filter(file => file.endsWith('.kql'))
    .toSorted()
    .map(file => parseKql(basename(file, '.kql'), readFileSync(join(infra, folder, file), 'utf8')));
}

/**
 * Reads the first comment lines: what it answers, its parameters, its columns.
 * @throws Error naming the file and what is missing
 */
export function parseKql(name: string, text: string): KqlFile {
  const lines = text.split('\n');
  const end = lines.findIndex(line => !line.startsWith('//'));
  const header = lines.slice(0, Math.max(0, end)).map(line => line.replace(/^\/\/ ?/, ''));
  const parametersAt = header.findIndex(line => line.startsWith('Parameters: '));
  const columnsAt = header.findIndex(line => line.startsWith('Columns:'));
  if (columnsAt < 0) throw new Error(`${name}.kql does not begin with comment lines that name its columns.`);
  const answers = header.slice(0, parametersAt < 0 ? columnsAt : parametersAt).join(' ');
  if (!/^[A-Z].*[?]/.test(answers)) throw new Error(`${name}.kql does not begin with the question that it answers.`);
  const [, columnsOf = null] = /^Columns: those of (\w+)/.exec(header[columnsAt] ?? '') ?? [];
  const columns = header.slice(columnsAt + 1).map(line => columnIn(name, line));
  return { name, text, answers, parameters: header[parametersAt]?.replace('Parameters: ', '') ?? '', columnsOf, columns };
}

function columnIn(name: string, line: string): KqlFile['columns'][number] {
  const [, column, description] = /^ {2}(\w+) +(\S.*)$/.exec(line) ?? [];
  if (column === undefined || description === undefined) throw new Error(`${name}.kql: "${line}" is no column with its description.`);
  return { name: column, description };
}

/** `name:type = default` of each parameter. */
export function parametersOf({ parameters }: Pick<KqlFile, 'parameters'>): readonly string[] {
  return parameters === '' ? [] : parameters.split(', ');
}

/** An alert rule: what infra/modules makes a scheduled query rule of. @see https://learn.microsoft.com/azure/templates/microsoft.insights/scheduledqueryrules */
export interface AlertRule {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** What to do when it fires: numbered lines. */
  readonly runbook: string;
  /** 0 critical to 4 verbose. */
  readonly severity: 0 | 1 | 2 | 3 | 4;
  /** File in infra/alerts. */
  readonly query: string;
  /** ISO 8601 durations. */
  readonly evaluationFrequency: string;
  readonly windowSize: string;
  readonly overrideQueryTimeRange?: string;
  /** Resolves when the condition is no longer met. Without, it fires once for each row. */
  readonly autoMitigate: boolean;
  readonly muteActionsDuration?: string;
  readonly dimensions: readonly { readonly name: string; readonly operator: 'Include' | 'Exclude'; readonly values: readonly string[] }[];
  /** The column with the id of the resource that the alert is fired on. */
  readonly resourceIdColumn?: string;
  readonly metricMeasureColumn?: string;
  readonly timeAggregation: 'Count' | 'Total' | 'Maximum' | 'Minimum' | 'Average';
  readonly operator: 'GreaterThan' | 'GreaterThanOrEqual' | 'LessThan' | 'LessThanOrEqual' | 'Equal';
  readonly threshold: number;
  readonly failingPeriods: { readonly numberOfEvaluationPeriods: number; readonly minFailingPeriodsToAlert: number };
  readonly skipQueryValidation: boolean;
}

/** The rules of infra/alerts/rules.json. */
export function alertRules(): readonly AlertRule[] {
  return JSON.parse(readFileSync(join(infra, 'alerts/rules.json'), 'utf8')) as readonly AlertRule[];
}
