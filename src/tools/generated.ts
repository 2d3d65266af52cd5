import { baselineJsonSchema } from '../baseline/json-schema.ts';
import { collectors } from '../collectors/index.ts';
import { allControls } from '../controls/index.ts';
import { documents } from '../requirements/index.ts';
import { tables } from '../sinks/log-analytics/tables.ts';
import { renderAlertsModule, renderSavedFunctions } from './docs/bicep-modules.ts';
import { renderControls } from './docs/controls.ts';
import { costInput, metricAlertCount, renderCost } from './docs/cost.ts';
import { alertRules, kqlFiles } from './docs/kql-files.ts';
import { renderAlerts, renderFunctions, renderQueries } from './docs/kql.ts';
import { renderLogTables } from './docs/log-tables.ts';
import { renderRequirements } from './docs/requirements.ts';
import { renderReaderRole } from './reader-role.ts';
import { renderWorkbook } from './workbook/index.ts';

/** A committed file that is written by `npm run docs` and never by hand. */
export interface GeneratedFile {
  /** From the root of the repository. */
  readonly path: string;
  readonly content: () => string;
}

/** Every generated file, sorted by path. */
export const generated: readonly GeneratedFile[] = [
  { path: 'infra/COST.md', content: () => renderCost(costInput(), alertRules().length, metricAlertCount()) },
  { path: 'infra/alerts/README.md', content: () => renderAlerts(alertRules()) },
  { path: 'infra/functions/README.md', content: () => renderFunctions() },
  { path: 'infra/modules/alerts.bicep', content: () => renderAlertsModule(alertRules()) },
  { path: 'infra/modules/saved-functions.bicep', content: () => renderSavedFunctions(kqlFiles('functions')) },
  { path: 'infra/queries/README.md', content: () => renderQueries() },
  { path: 'infra/reader-role.json', content: () => renderReaderRole(Object.values(collectors)) },
  { path: 'infra/tables.json', content: () => renderLogTables(tables) },
  { path: 'infra/workbook.json', content: () => renderWorkbook(allControls) },
  { path: 'src/baseline/baseline.schema.json', content: () => `${JSON.stringify(baselineJsonSchema(allControls), null, 2)}\n` },
  { path: 'src/controls/README.md', content: () => renderControls(allControls) },
  { path: 'src/requirements/README.md', content: () => renderRequirements(documents, allControls) },
];
