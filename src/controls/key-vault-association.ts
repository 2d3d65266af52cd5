import type { Observed } from '../core/finding.ts';
import type { KeyVaultAssociation } from '../core/key-vault.ts';
import { nameOf } from '../core/resource-id.ts';
import { shortened } from '../exposure/firewall.ts';

/** A key vault's association for `observed`. */
export function associationInShort({ perimeterId, relation, accessMode }: KeyVaultAssociation): Observed {
  return { perimeter: nameOf(perimeterId), relation, accessMode: typeof accessMode === 'object' ? shortened(accessMode.unrecognised) : accessMode };
}
