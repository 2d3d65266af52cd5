import { localAuthDisabled } from '../../src/controls/local-auth-disabled.ts';
import type { Api } from '../../src/core/account.ts';
import { account } from '../support/builders.ts';
import { specify } from '../support/specify.ts';

const having = (api: Api, off: boolean, ...more: Api[]) => ({ account: account({ apis: [api, ...more], localAuthDisabled: off }) });

specify(localAuthDisabled, {
  passes: [
    { when: 'keys are rejected', given: having('nosql', true), observing: { apis: ['nosql'], disableLocalAuth: true } },
    { when: 'they are for an API that was not known to support it', given: having('mongodb', true) },
  ],
  fails: [
    { when: 'a NoSQL account accepts keys', given: having('nosql', false), says: 'Account keys are accepted.', observing: { disableLocalAuth: false } },
    { when: 'a Table account does', given: having('table', false), says: 'Account keys are accepted.' },
    { when: "one of the account's APIs supports it", given: having('cassandra', false, 'table'), says: 'Account keys are accepted.' },
    { when: 'the baseline asks for it for the API', given: having('gremlin', false), parameters: { apis: ['gremlin'] }, says: 'Account keys are accepted.' },
  ],
  doesNotApply: [
    { when: 'a MongoDB account accepts keys', given: having('mongodb', false), because: 'Azure refuses it for MongoDB.' },
    { when: 'a Gremlin account does', given: having('gremlin', false), because: 'Azure refuses it for Gremlin.' },
    { when: 'a Cassandra account does', given: having('cassandra', false), because: 'for Cassandra, Azure documents no way that works.' },
    { when: 'the baseline does not ask for it for the API', given: having('nosql', false), parameters: { apis: [] }, because: 'The baseline does not ask accounts of this API' },
  ],
});
