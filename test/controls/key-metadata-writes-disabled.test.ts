import { keyMetadataWritesDisabled } from '../../src/controls/key-metadata-writes-disabled.ts';
import { account } from '../support/builders.ts';
import { specify } from '../support/specify.ts';

specify(keyMetadataWritesDisabled, {
  passes: [
    { when: 'keys cannot change metadata', given: { account: account({ localAuthDisabled: false }) }, observing: { disableKeyBasedMetadataWriteAccess: true, disableLocalAuth: false } },
    { when: 'keys are rejected besides', given: { account: account() }, observing: { disableLocalAuth: true } },
  ],
  fails: [{ when: 'keys work and can', given: { account: account({ localAuthDisabled: false, keyMetadataWritesDisabled: false }) }, says: 'Account keys can create, change and delete databases and containers.' }],
  doesNotApply: [{ when: 'keys could, and are rejected', given: { account: account({ keyMetadataWritesDisabled: false }) }, because: 'The account rejects keys' }],
});
