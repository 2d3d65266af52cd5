import { accounts } from './accounts.ts';
import { diagnosticSettings } from './diagnostic-settings.ts';
import { subnets } from './networks.ts';
import { perimeterConfigurations } from './perimeter-configurations.ts';
import { associations, links, logCategories, profiles } from './perimeter-parts.ts';
import { perimeters, perimetersByResourceGraph } from './perimeters.ts';
import { managementGroupSubscriptions, subscriptions } from './subscriptions.ts';

/** Every collector, sorted by name in code. The reader role is the union of their actions. */
export const collectors = {
  accounts,
  associations,
  diagnosticSettings,
  links,
  logCategories,
  managementGroupSubscriptions,
  perimeterConfigurations,
  perimeters,
  perimetersByResourceGraph,
  profiles,
  subnets,
  subscriptions,
} as const;
