import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from '../bicep/parse.ts';
import { resourcesOf } from '../bicep/syntax.ts';
import { generatedNote, paragraphs, table } from './markdown.ts';

/** infra/cost.json: what was measured, what things cost, and what is assumed. */
export interface CostInput {
  /** Bytes as Log Analytics bills them, requests to Resource Manager. */
  readonly measured: {
    readonly by: string;
    readonly bytesOfAccount: number;
    /** With its perimeter and what it is judged by as a whole. */
    readonly bytesOfSubscription: number;
    readonly bytesOfUnchangedAccount: number;
    readonly bytesOfUnchangedSubscription: number;
    readonly requestsOfAccount: number;
    readonly requestsOfSubscription: number;
  };
  readonly assumed: {
    readonly accountsPerSubscription: number;
    readonly scansPerDay: number;
    readonly fullEmissionsPerDay: number;
    /** Share of findings that change in a day. */
    readonly changedShare: number;
    readonly secondsPerRequest: number;
    readonly requestsAtOnce: number;
    readonly retentionDays: number;
    readonly totalRetentionDays: number;
    /** Logs of the app itself. */
    readonly telemetryBytesPerScan: number;
  };
  /** US dollars. */
  readonly prices: {
    readonly asOf: string;
    readonly region: string;
    readonly source: string;
    readonly ingestionPerGB: number;
    readonly ingestionFreeGB: number;
    readonly retentionPerGBMonth: number;
    readonly retentionFreeDays: number;
    readonly longTermPerGBMonth: number;
    readonly flexPerGBSecond: number;
    readonly flexFreeGBSeconds: number;
    readonly storagePerMonth: number;
    readonly logAlertPerMonth: number;
    readonly metricAlertPerMonth: number;
  };
}

const daysPerMonth = 30.4;
const instanceGB = 2;

/** What a month costs. */
export interface MonthlyCost {
  readonly accounts: number;
  readonly gigabytesPerDay: number;
  readonly ingestion: number;
  readonly retention: number;
  readonly compute: number;
  readonly storage: number;
  readonly alerts: number;
  readonly total: number;
}

/** The cost of a month for a number of accounts, once retention is full. */
export function monthlyCost({ measured, assumed, prices }: CostInput, accounts: number, logAlerts: number, metricAlerts: number): MonthlyCost {
  const subscriptions = Math.max(1, Math.round(accounts / assumed.accountsPerSubscription));
  const full = accounts * measured.bytesOfAccount + subscriptions * measured.bytesOfSubscription;
  const unchanged = accounts * measured.bytesOfUnchangedAccount + subscriptions * measured.bytesOfUnchangedSubscription;
  const changes = assumed.changedShare * full;
  const perDay = assumed.fullEmissionsPerDay * full + (assumed.scansPerDay - assumed.fullEmissionsPerDay) * unchanged + changes + assumed.scansPerDay * assumed.telemetryBytesPerScan;
  const gigabytesPerDay = perDay / 1e9;
  const ingestion = Math.max(0, gigabytesPerDay * daysPerMonth - prices.ingestionFreeGB) * prices.ingestionPerGB;
  const interactive = gigabytesPerDay * Math.max(0, assumed.retentionDays - prices.retentionFreeDays) * prices.retentionPerGBMonth;
  const longTerm = gigabytesPerDay * Math.max(0, assumed.totalRetentionDays - assumed.retentionDays) * prices.longTermPerGBMonth;
  const requests = accounts * measured.requestsOfAccount + subscriptions * measured.requestsOfSubscription;
  const gigabyteSeconds = ((requests * assumed.secondsPerRequest) / assumed.requestsAtOnce) * instanceGB * assumed.scansPerDay * daysPerMonth;
  const compute = Math.max(0, gigabyteSeconds - prices.flexFreeGBSeconds) * prices.flexPerGBSecond;
  const alerts = logAlerts * prices.logAlertPerMonth + metricAlerts * prices.metricAlertPerMonth;
  const retention = interactive + longTerm;
  return { accounts, gigabytesPerDay, ingestion, retention, compute, storage: prices.storagePerMonth, alerts, total: ingestion + retention + compute + prices.storagePerMonth + alerts };
}

const dollars = (amount: number): string => amount.toFixed(2);
const whole = (number: number): string => number.toLocaleString('en-US');

/** infra/COST.md */
export function renderCost(input: CostInput, logAlerts: number, metricAlerts: number): string {
  const { measured, assumed, prices } = input;
  const rows = [10, 1_000, 10_000].map(accounts => monthlyCost(input, accounts, logAlerts, metricAlerts));
  return paragraphs([
    generatedNote,
    '# What a month costs',
    `In US dollars, once retention is full. Rows were measured (\`${measured.by}\`, over the sandbox); prices are list prices of ${prices.asOf}, ${prices.region}, from ${prices.source}. They differ by region and contract: [the calculator](https://azure.microsoft.com/pricing/calculator/) has yours.`,
    table(
      ['Accounts', 'GB a day', 'Ingestion', 'Retention', 'Flex Consumption', 'Storage', 'Alerts', 'Total'],
      rows.map(row => [whole(row.accounts), row.gigabytesPerDay.toFixed(4), dollars(row.ingestion), dollars(row.retention), dollars(row.compute), dollars(row.storage), dollars(row.alerts), `**${dollars(row.total)}**`]),
    ),
    'The formula, for A accounts in S subscriptions, n scans and f full emissions a day:',
    `- bytes a day = f × (A × ${whole(measured.bytesOfAccount)} + S × ${whole(measured.bytesOfSubscription)}) + (n − f) × (A × ${whole(measured.bytesOfUnchangedAccount)} + S × ${whole(measured.bytesOfUnchangedSubscription)}) + what changed + the app's own logs\n` +
      `- ingestion = (GB a day × ${daysPerMonth} − ${prices.ingestionFreeGB}) × ${prices.ingestionPerGB}\n` +
      `- retention = GB a day × ((interactive days − ${prices.retentionFreeDays}) × ${prices.retentionPerGBMonth} + (total − interactive days) × ${prices.longTermPerGBMonth})\n` +
      `- Flex Consumption = (seconds of scans × ${instanceGB} GB − ${whole(prices.flexFreeGBSeconds)}) × ${prices.flexPerGBSecond}; seconds of a scan = (A × ${measured.requestsOfAccount} + S × ${measured.requestsOfSubscription}) × ${assumed.secondsPerRequest} s / ${assumed.requestsAtOnce}\n` +
      `- alerts = ${logAlerts} log alert rules × ${prices.logAlertPerMonth} + ${metricAlerts} metric alert rules × ${prices.metricAlertPerMonth}; a rule that fires for several things at once costs a little more for each`,
    `Assumed: ${assumed.accountsPerSubscription} accounts in a subscription, ${assumed.scansPerDay} scans a day, ${assumed.fullEmissionsPerDay} full emission, ${assumed.changedShare * 100} % of findings change in a day, ${assumed.retentionDays} days interactive and ${assumed.totalRetentionDays} in all, ${assumed.telemetryBytesPerScan / 1000} kB of the app's own logs for a scan. The free ${prices.ingestionFreeGB} GB and the free grant of Flex Consumption are those of a whole billing account or subscription: where others use them up, add ${dollars(prices.ingestionFreeGB * prices.ingestionPerGB)} and ${dollars(prices.flexFreeGBSeconds * prices.flexPerGBSecond)} at most.`,
    'Not in it: Durable Task Scheduler (by action or by capacity unit), private networking (three private endpoints, three DNS zones, a NAT gateway with its address: some 60 dollars a month), queries on long-term retention, e-mails and webhooks beyond the free ones. A log query itself costs nothing.',
    `The figures are in \`infra/cost.json\`: change what is assumed there, or measure again with \`${measured.by}\`, then \`npm run docs\`.`,
  ]);
}

const infra = join(import.meta.dirname, '../../../infra');

/** What infra/cost.json holds. */
export function costInput(): CostInput {
  return JSON.parse(readFileSync(join(infra, 'cost.json'), 'utf8')) as CostInput;
}

/** How many metric alert rules are deployed. */
export function metricAlertCount(): number {
  const path = 'modules/platform-alerts.bicep';
  return resourcesOf(parse(path, readFileSync(join(infra, path), 'utf8')).declarations).filter(({ type }) => type.startsWith('Microsoft.Insights/metricAlerts@')).length;
}
