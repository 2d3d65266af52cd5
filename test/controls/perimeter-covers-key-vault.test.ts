import { perimeterCoversKeyVault } from '../../src/controls/perimeter-covers-key-vault.ts';
import type { KeyVaultAssociation } from '../../src/core/key-vault.ts';
import { perimeterId } from '../support/builders.ts';
import { specify } from '../support/specify.ts';

const within = (relation: KeyVaultAssociation['relation'], id = perimeterId): KeyVaultAssociation => ({ perimeterId: id, relation, accessMode: 'Enforced' });
const judged = (...associations: KeyVaultAssociation[]) => ({ keyVaultMembership: { state: 'judged', vault: 'kv-data', perimeters: [perimeterId], associations } as const });

specify(perimeterCoversKeyVault, {
  passes: [
    { when: 'the vault is in the same perimeter', given: judged(within('same')), observing: { vault: 'kv-data', perimeters: ['production'], associations: [{ perimeter: 'production', relation: 'same', accessMode: 'Enforced' }] } },
    { when: 'the vault is in a perimeter that a link connects', given: judged(within('separate', `${perimeterId}-2`), within('linked', `${perimeterId}-3`)) },
  ],
  fails: [
    { when: 'the vault is in no perimeter', given: judged(), says: 'Key vault kv-data is in no perimeter that was read; the account is in production.' },
    { when: 'the vault is in another perimeter', given: judged(within('separate', `${perimeterId}-2`), within('separate', `${perimeterId}-2`)), says: "Key vault kv-data is in perimeter production-2, where no approved link lets the account's perimeter production in." },
  ],
  doesNotApply: [
    { when: 'Microsoft manages the key', given: { keyVaultMembership: { state: 'noKey' } }, because: "Microsoft manages the account's key." },
    { when: 'the account is in no perimeter', given: { keyVaultMembership: { state: 'noPerimeter' } }, because: 'in no network security perimeter' },
  ],
});
