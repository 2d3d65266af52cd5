import { classificationTagPresent } from '../../src/controls/classification-tag-present.ts';
import { account } from '../support/builders.ts';
import { specify } from '../support/specify.ts';

const tagged = (tags: Record<string, string>) => ({ account: account({ tags }) });
const required = { requiredTags: ['classification', 'owner'] };

specify(classificationTagPresent, {
  passes: [
    { when: 'every required tag is there', given: tagged({ classification: 'internal', owner: 'shop', stage: 'prod' }), organisation: required, observing: { tags: ['classification', 'owner', 'stage'], missing: [] } },
    { when: 'case differs', given: tagged({ Classification: 'internal', OWNER: 'shop' }), organisation: required },
  ],
  fails: [
    { when: 'one is missing', given: tagged({ owner: 'shop' }), organisation: required, says: 'Required tags are missing: classification.', observing: { missing: ['classification'] } },
    { when: 'there are no tags', given: tagged({}), organisation: required, says: 'classification, owner.' },
    { when: 'a name only begins like it', given: tagged({ 'classification-old': 'internal', owner: 'shop' }), organisation: required, says: 'classification.' },
  ],
  doesNotApply: [{ when: 'no tags are required', given: tagged({ owner: 'shop' }), because: 'The organisation requires no tags', observing: { tags: ['owner'] } }],
});
