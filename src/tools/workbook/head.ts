import { icons, tileIcons } from './columns.ts';
import type { Item } from './items.ts';
import { choice, choices, hiddenParameter, parameters, queriedChoice, shown, text, textParameter, tiles, when, workspaceParameter } from './parts.ts';
import { kql } from './queries.ts';

/** What the whole workbook is narrowed to. In this order: each may use those before it. */
const narrowing = parameters('parameters', [
  workspaceParameter({ name: 'Workspace', label: 'Workspace', description: 'The Log Analytics workspace that the monitor writes to.' }),
  choice(
    { name: 'Period', label: 'Period', description: 'How far back changes, trends and scans are shown. The present state does not depend on it.' },
    [['1d', 'Last day'], ['7d', 'Last 7 days'], ['30d', 'Last 30 days'], ['90d', 'Last 90 days']],
    '30d',
  ),
  queriedChoice({ name: 'ManagementGroup', label: 'Management group', description: 'Subscriptions in it, at any depth, as far as you may see them.' }, kql('management-groups'), 1),
  hiddenParameter('GroupSubscriptions', kql('group-subscriptions'), 1),
  hiddenParameter('GroupIsCut', kql('group-is-cut'), 1),
  textParameter({ name: 'SubscriptionText', label: 'Subscription contains', description: 'Part of a name or an id. Narrows everything, and the list of subscriptions, which shows 1,000 at most.' }),
  choices({ name: 'Subscription', label: 'Subscriptions', description: 'All, or the ones you choose.' }, { kql: kql('subscription-options') }),
  choices({ name: 'Severity', label: 'Severities', description: 'Of findings and changes. Scores and the reach of accounts do not depend on it.' }, { listed: ['critical', 'high', 'medium', 'low', 'info'] }),
  queriedChoice({ name: 'Baseline', label: 'Baseline', description: 'What resources were judged by.' }, kql('baseline-options')),
  textParameter({ name: 'Tag', label: 'Tag', description: 'name=value, or a name alone. Upper and lower case are the same.' }),
  textParameter({ name: 'ResourceText', label: 'Account contains', description: 'Part of the name of an account, or another resource; or a whole resource id.' }),
]);

const state = parameters('state', [hiddenParameter('Setup', kql('setup')), hiddenParameter('Partial', kql('partial-banner')), hiddenParameter('Silent', kql('silent-banner'))]);

/** What somebody sees who has nothing to see yet, and how to go on. */
const emptyStates = [
  {
    setup: 'noTable',
    json: '## The workspace has no tables of the monitor\n\nEither it is another workspace that the monitor writes to: choose it above. Or the monitor is not deployed: `azd up` in the repository deploys it with its tables (`infra/README.md`, “In ten minutes”).',
  },
  {
    setup: 'noRows',
    json: '## No scan has written anything yet\n\nThe tables are there and empty. A scan runs on the schedule of the function app; the first rows come some minutes after it ends.\n\n1. Is the app allowed to read? Its identity needs the role of `infra/reader-role.json` at the management group or the subscriptions (`infra/README.md`, step 2).\n2. Start one now: put the message `{"scope":"tenant"}` into the queue `scan-requests` of its storage account (`infra/README.md`, “The first scan”).\n3. Nothing after half an hour: `infra/README.md`, “A scan did not run”.',
  },
  {
    setup: 'noScan',
    json: '## The first scan has not ended yet\n\nRows are arriving, and none closes a scan. It takes minutes for some hundred subscriptions. After six hours without an end it broke off: look at the log of the function app, and at the rows of `CosmosComplianceScans()`.',
  },
];

/** What is always in sight: parameters, what is wrong with what one sees, and six numbers. */
export function head(): readonly Item[] {
  return [
    text('title', '# Cosmos DB compliance\n\nWho can reach the accounts, what is open, and how much of it is known. Unknown is never counted as passed.'),
    narrowing,
    state,
    ...emptyStates.map(({ setup, json }) => shown(when('Setup', 'isEqualTo', setup), text(`empty-${setup}`, json, 'info'))),
    shown(when('Partial', 'isNotEqualTo', ''), text('partial', '{Partial}', 'error')),
    shown(when('Silent', 'isNotEqualTo', ''), text('silent', '{Silent}', 'error')),
    shown(when('GroupIsCut', 'isEqualTo', 'yes'), text('group-is-cut', 'Resource Graph tells 1,000 subscriptions at once, and you may see more: some of the management group may be left out here. Choose a smaller group, or part of a name.', 'warning')),
    shown(
      when('Setup', 'isEqualTo', 'data'),
      tiles({
        name: 'head',
        title: 'Now',
        query: kql('head'),
        empty: 'No account is left by the parameters above.',
        settings: {
          titleContent: { columnMatch: 'Tile', formatter: 1 },
          subtitleContent: icons('State', tileIcons),
          leftContent: { columnMatch: 'Value', formatter: 12, formatOptions: { palette: 'none' }, numberFormat: { unit: 0, options: { style: 'decimal', maximumFractionDigits: 0 } } },
          secondaryContent: { columnMatch: 'Note', formatter: 1 },
          sortCriteriaField: 'Order',
          sortOrderField: 1,
        },
      }),
    ),
  ];
}
