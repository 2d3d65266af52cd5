import { z } from 'zod';
import { control, fail, notApplicable, pass } from '../core/control.ts';
import { allApis, apisWith, unsupported } from './applicability.ts';

export const localAuthDisabled = control({
  id: 'local-auth-disabled',
  scope: 'account',
  title: 'Account keys are rejected: only Entra ID identities reach the data.',
  severity: 'high',
  rationale:
    'A key is a shared secret for the whole account: it names nobody, cannot be narrowed to a database, ends up in configuration and scripts, and works from wherever the network lets it. Roles for Entra ID identities name who did what and can be taken away one by one.',
  remediation: {
    text: 'Grant data-plane roles to the identities that use the account, move the applications to them, watch the logs for requests with keys, then turn keys off.',
    cli: 'az resource update --ids <account-id> --set properties.disableLocalAuth=true',
    bicep: 'properties: {\n  disableLocalAuth: true\n}',
  },
  references: [
    'https://learn.microsoft.com/azure/cosmos-db/nosql/security/how-to-disable-key-based-authentication',
    'https://learn.microsoft.com/azure/cosmos-db/table/how-to-connect-role-based-access-control',
  ],
  requirements: ['ASB IM-1', 'ASB IM-7', 'SEC authorization'],
  notApplicableWhen: 'keys are on and Azure does not let accounts of the API turn them off',
  parameters: z.object({
    apis: z.array(z.enum(allApis)).default(apisWith('keysOff')).describe('APIs whose accounts are asked to turn keys off: those for which Azure accepts it.'),
  }),
  needs: ['account'],
  evaluate({ account }, { parameters: { apis: asked } }) {
    const { apis, localAuthDisabled: off } = account;
    const observed = { apis, disableLocalAuth: off };
    if (off) return pass(observed);
    if (apis.some(api => asked.includes(api))) return fail('Account keys are accepted.', observed);
    return notApplicable(unsupported('keysOff', account) ?? 'The baseline does not ask accounts of this API to turn keys off.', observed);
  },
});
