import { z } from 'zod';
import { control, fail, notApplicable, pass } from '../core/control.ts';
import { listed } from './support.ts';

const day = 86_400_000;

export const keysUnused = control({
  id: 'keys-unused',
  scope: 'account',
  title: 'No account key was used lately: turning keys off would stop nothing.',
  severity: 'info',
  rationale:
    'What keeps teams from turning keys off is the fear of an application that still uses one. Azure records about when each key was last used for data; where that is long ago, or never, nothing stands in the way.',
  remediation: {
    text: 'Find the callers in the logs of data-plane requests, where the authorization type is a key, and give them a managed identity with a data-plane role. When no key is used any more, turn keys off.',
    cli: 'az resource update --ids <account-id> --set properties.disableLocalAuth=true',
    bicep: 'properties: {\n  disableLocalAuth: true\n}',
  },
  references: ['https://learn.microsoft.com/azure/cosmos-db/nosql/security/how-to-disable-key-based-authentication', 'https://learn.microsoft.com/azure/cosmos-db/monitor-resource-logs'],
  requirements: ['SEC authorization'],
  notApplicableWhen: 'the account rejects keys',
  parameters: z.object({ days: z.int().positive().default(30).describe('Days without use after which a key counts as unused.') }),
  needs: ['account', 'preview'],
  evaluate({ account: { localAuthDisabled }, preview: { keysLastUsed } }, { now, parameters: { days } }) {
    // To the day: a key in use would otherwise be different in every scan.
    const observed = { days, ...Object.fromEntries(Object.entries(keysLastUsed).map(([key, used]) => [key, used?.slice(0, 10) ?? null])) };
    if (localAuthDisabled) return notApplicable('The account rejects keys.', observed);
    const recent = Object.entries(keysLastUsed).flatMap(([key, used]) => (used !== null && now.getTime() - Date.parse(used) <= days * day ? `the ${key} key on ${used.slice(0, 10)}` : []));
    return recent.length > 0 ? fail(`Keys were used in the last ${days} days: ${listed(recent)}.`, observed) : pass(observed);
  },
});
