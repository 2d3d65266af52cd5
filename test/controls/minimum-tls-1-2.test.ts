import { minimumTls12 } from '../../src/controls/minimum-tls-1-2.ts';
import { account } from '../support/builders.ts';
import { specify } from '../support/specify.ts';
import { stops } from '../support/stops.ts';

const having = (minimumTls: string | null) => ({ account: account({ minimumTls }) });

specify(minimumTls12, {
  passes: [
    { when: 'it is 1.2', given: having('Tls12'), observing: { minimalTlsVersion: 'Tls12' } },
    { when: 'it is newer', given: having('Tls13') },
    { when: 'case differs', given: having('TLS12') },
    { when: "Azure leaves it out: the service's own floor holds", given: having(null), observing: { minimalTlsVersion: null, inForce: 'TLS 1.2, the floor of the service since 2025-08-31' } },
  ],
  fails: [
    { when: 'it is 1.1', given: having('Tls11'), says: "The account's minimum is TLS 1.1. In force is TLS 1.2, the floor of the service since 2025-08-31.", observing: { minimalTlsVersion: 'Tls11' } },
    { when: 'it is 1.0', given: having('Tls'), says: "The account's minimum is TLS 1.0." },
  ],
});

stops(minimumTls12, [
  { when: 'the value is newer than this program', given: having('Tls2026'), says: 'The minimum TLS version "Tls2026" is not known to this version.' },
  { when: 'the value is something else', given: having('SSL'), says: '"SSL"' },
]);
