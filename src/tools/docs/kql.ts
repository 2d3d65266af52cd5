import { kqlFiles, parametersOf, type AlertRule, type KqlFile } from './kql-files.ts';
import { code, generatedNote, paragraphs, prose, table } from './markdown.ts';

const range =
  'The time range of the query window limits what the functions can see, also what they look up further back: set it to 30 days (90 days for a history). A subscription that was not read for longer than that still shows in `CosmosComplianceSubscriptions()`, without accounts.';

const link = ({ name }: KqlFile): string => `[${name}](${name}.kql)`;

function columnTable(file: KqlFile): string {
  const own = table(
    ['Column', 'What it holds'],
    file.columns.map(({ name, description }) => [`\`${name}\``, prose(description)]),
  );
  if (file.columnsOf === null) return own;
  const others = `The columns of \`${file.columnsOf}\`${file.columns.length > 0 ? ', and:' : '.'}`;
  return paragraphs([others, file.columns.length > 0 ? own : '']).trimEnd();
}

function functionSection(file: KqlFile): string {
  const parameters = parametersOf(file).map(parameter => `\`${parameter}\``);
  return paragraphs([`## ${file.name}`, prose(file.answers), parameters.length > 0 ? `Parameters: ${parameters.join(', ')}.` : '', columnTable(file)]).trimEnd();
}

/** infra/functions/README.md */
export function renderFunctions(files: readonly KqlFile[] = kqlFiles('functions')): string {
  const example = files.find(({ name }) => name === 'CosmosComplianceOpen') ?? files[0];
  return paragraphs([
    generatedNote,
    '# Saved functions',
    'What the tables hold is not the present state: a scan writes a row for everything once a day and for what changed in between; rows can come twice, late and out of order; and what could not be read has no row at all. These functions know that, so that no query has to. Every function is called with parentheses, and every parameter has a default.',
    code('kusto', `${example?.name ?? ''}()\n| where Severity == 'critical'\n| project ResourceName, ControlId, Status, OpenDays, LastRead`),
    range,
    'Alert rules do not call them: [a function that looks at the clock makes an alert inaccurate](https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-create-log-alert-rule#configure-alert-rule-conditions).',
    ...files.map(functionSection),
  ]);
}

/** infra/queries/README.md */
export function renderQueries(files: readonly KqlFile[] = kqlFiles('queries')): string {
  return paragraphs([
    generatedNote,
    '# Queries',
    'Ready-made questions to the workspace. Paste one into the query window of the Log Analytics workspace, which holds the [saved functions](../functions/README.md) that they call.',
    range,
    table(
      ['Query', 'What it answers'],
      files.map(file => [link(file), prose(file.answers)]),
    ),
    ...files.map(file => paragraphs([`## ${file.name}`, columnTable(file)]).trimEnd()),
  ]);
}

const levels = ['critical', 'error', 'warning', 'informational', 'verbose'] as const;

function timing({ evaluationFrequency, autoMitigate }: AlertRule): string {
  return `every ${evaluationFrequency.replace(/^PT?/, '').toLowerCase()}, ${autoMitigate ? 'resolves by itself' : 'once per event'}`;
}

function ruleSection(rule: AlertRule, files: readonly KqlFile[]): string {
  const file = files.find(({ name }) => `${name}.kql` === rule.query);
  const facts = [`Severity ${rule.severity} (${levels[rule.severity]})`, timing(rule), ...(rule.resourceIdColumn ? ['fired on the resource'] : [])];
  return paragraphs([
    `## ${rule.id}`,
    `**${rule.title}.** ${prose(rule.description)}`,
    `${facts.join(', ')}. Query: [${rule.query}](${rule.query}). ${prose(file?.answers ?? '')}`,
    rule.runbook,
  ]).trimEnd();
}

/** infra/alerts/README.md */
export function renderAlerts(rules: readonly AlertRule[], files: readonly KqlFile[] = kqlFiles('alerts')): string {
  return paragraphs([
    generatedNote,
    '# Alert rules',
    'Rules that tell of an event look for rows whose first copy arrived since the last evaluation: a row that comes twice, or a day late, alerts once, and a scan that could not read a subscription neither alerts nor resolves anything of it. Rules that tell of a state resolve by themselves. What the first scan finds and what a change of the baseline brings is quiet.',
    'An alert rule sees two days of rows at most. A row that was kept for longer gets the time of its arrival, so it is seen as well; a second copy that comes more than two days after the first alerts again.',
    table(
      ['Rule', 'Severity', 'What it tells', 'When'],
      rules.map(rule => [`[${rule.id}](#${rule.id})`, `${rule.severity} (${levels[rule.severity]})`, prose(rule.description), timing(rule)]),
    ),
    ...rules.map(rule => ruleSection(rule, files)),
  ]);
}
