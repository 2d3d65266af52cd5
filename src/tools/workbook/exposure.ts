import { dateTime, icons, reachIcons, readingIcons, resourceLink } from './columns.ts';
import type { Item } from './items.ts';
import { chart, grid, text } from './parts.ts';
import { kql } from './queries.ts';

/** Who can reach what. */
export function exposure(): readonly Item[] {
  return [
    text(
      'exposure-about',
      'Whether an account can be reached is decided by its public network access, its firewall, its perimeter and its private endpoints together. “All of Azure” means every datacenter, other customers included. A latent risk does not open the account today: one change would.',
    ),
    chart({ name: 'reach-counts', title: 'Accounts by who can reach them', query: kql('reach-counts'), empty: 'No account is left by the parameters above.', kind: 'barchart', x: 'ReachedBy', y: ['Accounts'] }),
    grid({
      name: 'exposure-grid',
      title: 'Every account, the most open first',
      query: kql('exposure'),
      empty: 'No account is left by the parameters above.',
      size: 2,
      formatters: [resourceLink('ResourceId'), icons('Reach', reachIcons), resourceLink('Perimeter'), dateTime('Since'), dateTime('LastRead'), icons('Reading', readingIcons)],
      labels: { ResourceId: 'Account', SubscriptionName: 'Subscription', Reach: 'Reached by', DecidedBy: 'Decided by', AccessMode: 'Access mode', LatentRisks: 'Latent risks', LastRead: 'Last read' },
    }),
  ];
}
