import { dateTime, heat, hundred, icons, outcomeIcons } from './columns.ts';
import type { Item } from './items.ts';
import { grid, text } from './parts.ts';
import { kql, ready } from './queries.ts';

/** Where it stands worst, and where nobody could look. */
export function subscriptions(): readonly Item[] {
  return [
    text('subscriptions-about', 'The worst subscription comes first. One that could not be read keeps its last known state, with its age; “not seen” means that the last scan of the whole estate did not find it at all.'),
    grid({
      name: 'league',
      title: 'Subscriptions, the worst first',
      query: kql('subscriptions'),
      empty: 'No subscription is left by the parameters above.',
      size: 2,
      formatters: [icons('Outcome', outcomeIcons), dateTime('LastRead'), hundred('ScoreFloor'), hundred('ScoreCeiling'), hundred('KnownPercent'), heat('OpenCritical'), heat('OpenHigh'), heat('Internet'), heat('AllAzure')],
      labels: {
        SubscriptionName: 'Subscription', SubscriptionId: 'Id', Outcome: 'Last scan', LastRead: 'Last read', ScoreFloor: 'Score, at least', ScoreCeiling: 'at most', KnownPercent: 'Known, percent',
        OpenCritical: 'Critical', OpenHigh: 'High', AllAzure: 'All of Azure', SelectedNetworks: 'Selected networks', PerimeterRules: 'Perimeter rules', PrivateOnly: 'Private only', Closed: 'Nobody', UnknownReach: 'Not known',
      },
    }),
    grid({
      name: 'unknown-and-why',
      title: 'What is not known, why, and which permission would tell',
      query: ready('unknown-and-why', { 'CosmosComplianceOpen()': 'ScopedOpen' }),
      empty: 'Everything is known.',
      emptyIsGood: true,
      formatters: [heat('Findings'), heat('Resources')],
    }),
  ];
}
