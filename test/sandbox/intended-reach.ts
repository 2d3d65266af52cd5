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
    'basket-prod', 'basket-staging', 'documents-mongo', 'events-staging', 'exports-prod', 'inventory-staging', 'invoices-prod', 'loyalty-campaigns',
    'newsletter-prod', 'orders-prod', 'pricing-staging', 'recommendations-prod', 'returns-prod', 'returns-staging', 'shipments-prod', 'tracking-prod',
    'warehouse-nosql', 'wishlist-prod',
  ],
  privateOnly: ['loyalty-agency', 'loyalty-services', 'lookups-table', 'payments-prod', 'profiles-prod', 'reports-mongo', 'vouchers-prod'],
  closed: ['audit-prod', 'features-serverless', 'fraud-prod', 'ledger-prod', 'loyalty-partners', 'restored-dev', 'reviews-staging', 'search-staging', 'telemetry-field'],
  unknown: ['customers-staging', 'fraud-staging', 'preview-dev', 'vouchers-staging', 'wishlist-staging'],
};
