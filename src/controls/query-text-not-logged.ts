import { control, fail, pass } from '../core/control.ts';
import { shortened } from '../exposure/firewall.ts';

export const queryTextNotLogged = control({
  id: 'query-text-not-logged',
  scope: 'account',
  title: 'Diagnostic logs do not carry the full text of queries.',
  severity: 'low',
  rationale:
    'With full-text query logging the values in queries, names and addresses of people among them, end up in the log workspace, where other people read them for longer than the data itself may be kept. By default the log has the shape of a query without its values.',
  remediation: {
    text: 'Turn full-text query logging off when the analysis that needed it is done. Where it has to stay, exempt the account and say why.',
    cli: 'az resource update --ids <account-id> --api-version 2026-04-01-preview --set properties.diagnosticLogSettings.enableFullTextQuery=False',
    bicep: "properties: {\n  diagnosticLogSettings: {\n    enableFullTextQuery: 'False'\n  }\n}",
  },
  references: ['https://learn.microsoft.com/azure/cosmos-db/monitor-resource-logs'],
  requirements: ['SEC monitor-for-attacks'],
  needs: ['preview'],
  evaluate({ preview: { fullTextQuery } }) {
    const setting = typeof fullTextQuery === 'object' ? shortened(fullTextQuery.unrecognised) : fullTextQuery;
    const observed = { enableFullTextQuery: setting };
    if (typeof fullTextQuery === 'object') return fail(`Full-text query logging is set to "${setting}", which this version does not know.`, observed);
    return fullTextQuery === 'True' ? fail('Full-text query logging is on: the values in queries reach the logs.', observed) : pass(observed);
  },
});
