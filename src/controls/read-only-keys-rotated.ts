import { z } from 'zod';
import { control, notApplicable } from '../core/control.ts';
import { judgeKeys } from './key-age.ts';

export const readOnlyKeysRotated = control({
  id: 'read-only-keys-rotated',
  scope: 'account',
  title: 'Both read-only keys of the account are young.',
  severity: 'low',
  rationale: 'A read-only key reads everything in the account. Such keys are handed to reports, partners and notebooks, and rotating the read-write keys leaves them as they are.',
  remediation: {
    text: 'Move what reads to the secondary read-only key, regenerate the primary, move it back and regenerate the secondary. Better, turn keys off and the control does not apply.',
    cli: 'az cosmosdb keys regenerate --ids <account-id> --key-kind primaryReadonly\naz cosmosdb keys regenerate --ids <account-id> --key-kind secondaryReadonly',
    bicep: '// Keys are regenerated, not declared; without them there is nothing to rotate.\nproperties: {\n  disableLocalAuth: true\n}',
  },
  references: ['https://learn.microsoft.com/azure/cosmos-db/how-to-rotate-keys'],
  requirements: ['SEC authorization'],
  notApplicableWhen: 'the account rejects keys',
  parameters: z.object({ days: z.int().positive().default(365).describe('Most days since a read-only key was regenerated.') }),
  needs: ['account'],
  evaluate({ account: { keys, localAuthDisabled } }, { now, parameters: { days } }) {
    const { primaryReadOnly, secondaryReadOnly } = keys;
    if (localAuthDisabled) return notApplicable('The account rejects keys.', { primaryReadOnly, secondaryReadOnly });
    return judgeKeys({ 'primary read-only': primaryReadOnly, 'secondary read-only': secondaryReadOnly }, days, now);
  },
});
