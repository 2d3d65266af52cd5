import { corsNoWildcard } from '../../src/controls/cors-no-wildcard.ts';
import { account } from '../support/builders.ts';
import { specify } from '../support/specify.ts';

specify(corsNoWildcard, {
  passes: [
    { when: 'cross-origin requests are not allowed', given: { account: account() }, observing: { corsOrigins: [] } },
    { when: 'origins are named', given: { account: account({ corsOrigins: ['https://app.contoso.com', 'https://contoso.com'] }) } },
  ],
  fails: [
    { when: 'every origin is allowed', given: { account: account({ corsOrigins: ['*'] }) }, says: 'allowed from *.' },
    { when: 'every origin is allowed beside named ones', given: { account: account({ corsOrigins: ['https://app.contoso.com', '*'] }) }, says: 'allowed from *.' },
    { when: 'an origin has a wildcard in it', given: { account: account({ corsOrigins: ['https://*'] }) }, says: 'allowed from https://*.' },
  ],
});
