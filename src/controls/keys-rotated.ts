import { z } from 'zod';
import { control, notApplicable } from '../core/control.ts';
import { judgeKeys } from './key-age.ts';

export const keysRotated = control({
  id: 'keys-rotated',
  scope: 'account',
  title: 'Both read-write keys of the account are young.',
  severity: 'medium',
  rationale:
    'A key gives everything in the account to whoever has it, and nobody knows who that is after a year of copies. Regenerating it takes back what leaked; the second key exists so that applications need no downtime for it.',
  remediation: {
    text: 'Move the applications to the secondary key, regenerate the primary, move them back and regenerate the secondary. Better, turn keys off and the control does not apply.',
    cli: 'az cosmosdb keys regenerate --ids <account-id> --key-kind primary\naz cosmosdb keys regenerate --ids <account-id> --key-kind secondary',
    bicep: '// Keys are regenerated, not declared; without them there is nothing to rotate.\nproperties: {\n  disableLocalAuth: true\n}',
  },
  references: ['https://learn.microsoft.com/azure/cosmos-db/how-to-rotate-keys'],
  requirements: ['ASB IM-7', 'SEC authorization'],
  notApplicableWhen: 'the account rejects keys',
  parameters: z.object({ days: z.int().positive().default(90).describe('Most days since a read-write key was regenerated.') }),
  needs: ['account'],
  evaluate({ account: { keys, localAuthDisabled } }, { now, parameters: { days } }) {
    const { primary, secondary } = keys;
    if (localAuthDisabled) return notApplicable('The account rejects keys.', { primary, secondary });
    return judgeKeys({ primary, secondary }, days, now);
  },
});
