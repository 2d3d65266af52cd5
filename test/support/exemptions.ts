import type { Exemption } from '../../src/core/exemption.ts';
import { accountId } from './builders.ts';

/** An exemption of the compliant account from one control, active until the end of 2026. */
export function exemption(differences: Partial<Exemption> = {}): Exemption {
  return {
    id: 'legacy',
    controls: ['exposure-not-public'],
    scope: { resourceId: accountId.toLowerCase(), tag: null },
    category: 'accepted-risk',
    reason: 'It moves in spring.',
    owner: 'data@contoso.com',
    expiresOn: '2026-12-31',
    ...differences,
  };
}
