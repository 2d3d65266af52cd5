import { ipRules } from '../account-properties.ts';
import { account, type AccountBundle, type AccountSpec } from '../accounts.ts';
import type { Resource } from '../estate.ts';
import { associate, type Issue, type ProfileSpec } from '../perimeters.ts';
import { groups } from './company.ts';
import { migration, staging } from './perimeters.ts';

const enabled = { publicNetworkAccess: 'Enabled' };
const secured = { publicNetworkAccess: 'SecuredByPerimeter' };
const office = ipRules('198.51.100.32/28');

const test = (name: string, spec: AccountSpec = {}): AccountBundle => account(groups.staging, name, spec);

/** Where the perimeter is being rolled out: every mode, and every way a rollout gets stuck. */
const accounts = {
  orders: test('orders-staging', { properties: enabled, threatProtection: true }),
  catalog: test('catalog-staging', { properties: { ...enabled, ...office } }),
  basket: test('basket-staging'),
  payments: test('payments-staging', { properties: { ...enabled, ...office } }),
  search: test('search-staging'),
  reviews: test('reviews-staging', { properties: secured }),
  /** The account still believes it is Enforced. */
  customers: test('customers-staging', { properties: enabled }),
  /** The account holds an older version of the rules. */
  pricing: test('pricing-staging', { properties: secured }),
  events: test('events-staging', { properties: secured, identity: 'none' }),
  returns: test('returns-staging', { properties: secured }),
  /** The perimeter lists the account, which has never heard of it. */
  vouchers: test('vouchers-staging'),
  /** The account holds a configuration of a perimeter that does not list it. */
  wishlist: test('wishlist-staging', { properties: secured, oldCasing: true }),
  /** Its perimeter configurations may not be read. */
  fraud: test('fraud-staging', { properties: { ...enabled, ...office } }),
  /** Neither may these, but the perimeter lists it under a rule for everybody. */
  newsletter: test('newsletter-staging'),
  sessions: test('sessions-staging', { properties: { ...enabled, ...ipRules('0.0.0.0') } }),
  /** A narrow firewall that Learning widens to everybody. */
  gifts: test('gifts-staging', { properties: { ...enabled, ...office } }),
  /** A firewall that an Enforced perimeter replaces. */
  inventory: test('inventory-staging', { properties: { ...enabled, ...office } }),
};

const olderRules: ProfileSpec = { version: 19, rules: [{ name: 'test-lab', direction: 'Inbound', addressPrefixes: ['203.0.113.128/27'] }] };

const stuck: Issue = {
  name: 'propagation',
  issueType: 'ConfigurationPropagationFailure',
  severity: 'Error',
  description: 'The perimeter configuration could not be applied to the resource.',
};
const noIdentity: Issue = {
  name: 'identity',
  issueType: 'MissingIdentityConfiguration',
  severity: 'Warning',
  description: 'The resource has no managed identity.',
};

const associations: readonly Resource[] = [
  ...associate(staging, 'testers', accounts.orders, 'Learning'),
  ...associate(staging, 'testers', accounts.catalog, 'Learning'),
  ...associate(staging, 'testers', accounts.basket, 'Audit'),
  ...associate(staging, 'testers', accounts.payments, 'Audit'),
  ...associate(staging, 'quiet', accounts.search, 'Learning'),
  ...associate(staging, 'quiet', accounts.reviews, 'Learning'),
  ...associate(staging, 'testers', accounts.customers, 'Learning', { account: { accessMode: 'Enforced' } }),
  ...associate(staging, 'testers', accounts.pricing, 'Enforced', { account: { profile: olderRules } }),
  ...associate(staging, 'testers', accounts.events, 'Enforced', { account: { provisioningState: 'Failed', issues: [stuck, noIdentity] } }),
  ...associate(staging, 'testers', accounts.returns, 'Learning', { perimeter: { provisioningState: 'Failed', hasProvisioningIssues: 'yes' } }),
  ...associate(staging, 'testers', accounts.vouchers, 'Learning', { account: null }),
  ...associate(staging, 'testers', accounts.wishlist, 'Enforced', { perimeter: null }),
  ...associate(migration, 'transition', accounts.newsletter, 'Learning'),
  ...associate(migration, 'transition', accounts.gifts, 'Learning'),
  ...associate(staging, 'testers', accounts.inventory, 'Enforced'),
];

/** The monitor's role was taken away from one child of these accounts. */
export const unreadable: readonly string[] = [accounts.fraud, accounts.newsletter].map(({ id }) => `${id}/networkSecurityPerimeterConfigurations`);

export const stagingResources: readonly Resource[] = [...Object.values(accounts).flatMap(({ resources }) => resources), ...associations];
