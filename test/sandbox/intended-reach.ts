import type { Reach } from '../../src/core/exposure.ts';

/** What each readable account of the demo estate was made to be, by who can reach it. */
export const intendedReach: Readonly<Record<Reach, readonly string[]>> = {
  internet: [
    'customers-prod', 'events-ipv6-prod', 'events-prod', 'gifts-staging', 'history-cassandra', 'labs-notebook', 'newsletter-staging',
    'orders-staging', 'playground-dev', 'reviews-prod', 'search-prod', 'sessions-prod', 'spike-dev', 'telemetry-archive',
  ],
  allAzure: ['pricing-prod', 'sessions-staging'],
  selectedNetworks: [
    'catalog-prod', 'catalog-staging', 'inventory-prod', 'loyalty-kiosks', 'loyalty-offers', 'loyalty-points', 'loyalty-shop', 'loyalty-stores',
    'loyalty-web', 'payments-staging', 'relations-gremlin', 'telemetry-audit', 'telemetry-cold', 'telemetry-edge', 'telemetry-gateway',
    'telemetry-hot', 'telemetry-lab', 'telemetry-moved', 'telemetry-partner',
  ],
  perimeterRules: [
    'basket-prod', 'basket-staging', 'bonds-nosql', 'contracts-nosql', 'documents-mongo', 'events-staging', 'exports-prod', 'gold-nosql',
    'inventory-staging', 'invoices-prod', 'loans-nosql', 'loyalty-campaigns', 'newsletter-prod', 'orders-prod', 'pricing-staging',
    'recommendations-prod', 'refunds-nosql', 'returns-prod', 'returns-staging', 'shipments-prod', 'silver-nosql', 'tracking-prod', 'warehouse-nosql',
    'wishlist-prod',
  ],
  privateOnly: [
    'cards-nosql', 'loyalty-agency', 'loyalty-services', 'lookups-table', 'payments-prod', 'profiles-prod', 'reports-mongo', 'routes-gremlin', 'surveys-nosql',
    'vouchers-prod',
  ],
  closed: [
    'audit-prod', 'branches-nosql', 'claims-nosql', 'coupons-table', 'features-serverless', 'fraud-prod', 'ledger-prod', 'loyalty-partners',
    'members-mongo', 'metering-nosql', 'positions-nosql', 'restored-dev', 'reviews-staging', 'search-staging', 'statements-archive',
    'telemetry-field', 'threads-mongo',
  ],
  unknown: ['customers-staging', 'fraud-staging', 'preview-dev', 'vouchers-staging', 'wishlist-staging'],
};
