import { expect, test } from 'vitest';
import { customerManagedKeyUsed } from '../../src/controls/customer-managed-key-used.ts';
import { account } from '../support/builders.ts';
import { specify } from '../support/specify.ts';

const key = 'https://contoso.vault.azure.net/keys/orders';
const having = (keyVaultKeyUri: string | null) => ({ account: account({ keyVaultKeyUri }) });

specify(customerManagedKeyUsed, {
  passes: [
    { when: 'there is a key without a version', given: having(key), observing: { keyVaultKeyUri: key } },
    { when: 'the address ends in a slash', given: having(`${key}/`) },
    { when: 'the key is in a managed HSM', given: having('https://contoso.managedhsm.azure.net/keys/orders') },
  ],
  fails: [
    { when: 'Microsoft manages the key', given: having(null), says: 'encrypted with keys that Microsoft manages', observing: { keyVaultKeyUri: null } },
    { when: 'the address names a version', given: having(`${key}/0f1e2d3c4b5a69788796a5b4c3d2e1f0`), says: 'names version 0f1e2d3c4b5a69788796a5b4c3d2e1f0, so rotating the key does not reach the account' },
    { when: 'it does in other case', given: having('https://contoso.vault.azure.net/Keys/orders/1'), says: 'names version 1' },
  ],
});

test('customer-managed-key-used is for those who ask for it', () => expect(customerManagedKeyUsed.optIn).toBe(true));
