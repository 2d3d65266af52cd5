import { keyVaultPerimeterNotLeftOpen } from '../../src/controls/key-vault-perimeter-not-left-open.ts';
import type { KeyVaultAssociation } from '../../src/core/key-vault.ts';
import type { AccessMode } from '../../src/core/perimeter.ts';
import { perimeterId } from '../support/builders.ts';
import { specify } from '../support/specify.ts';

const mode = (accessMode: AccessMode, relation: KeyVaultAssociation['relation'] = 'same'): KeyVaultAssociation => ({ perimeterId, relation, accessMode });
const judged = (...associations: KeyVaultAssociation[]) => ({ keyVaultMembership: { state: 'judged', vault: 'kv-data', perimeters: [perimeterId], associations } as const });

specify(keyVaultPerimeterNotLeftOpen, {
  passes: [
    { when: "the vault's association is Enforced", given: judged(mode('Enforced')), observing: { vault: 'kv-data', associations: [{ perimeter: 'production', relation: 'same', accessMode: 'Enforced' }] } },
    { when: 'it is Enforced in a perimeter of its own', given: judged(mode('Enforced', 'separate')) },
  ],
  fails: [
    { when: 'it is in Learning', given: judged(mode('Learning')), says: 'Key vault kv-data is not held by its perimeter: perimeter production is in mode Learning (portal: Transition).' },
    { when: 'it is in Audit', given: judged(mode('Audit')), says: 'in mode Audit' },
    { when: 'one of two is not Enforced', given: judged(mode('Enforced'), mode('Learning', 'linked')), says: 'in mode Learning' },
    { when: 'the mode is newer than the program', given: judged(mode({ unrecognised: 'Advisory' })), says: 'in mode "Advisory", which this version does not know', observing: { associations: [{ accessMode: 'Advisory' }] } },
  ],
  doesNotApply: [
    { when: 'Microsoft manages the key', given: { keyVaultMembership: { state: 'noKey' } }, because: "Microsoft manages the account's key." },
    { when: 'the account is in no perimeter', given: { keyVaultMembership: { state: 'noPerimeter' } }, because: 'in no network security perimeter' },
    { when: 'the vault is in no perimeter', given: judged(), because: 'Key vault kv-data is in no perimeter that was read.' },
  ],
});
