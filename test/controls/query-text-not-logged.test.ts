import { queryTextNotLogged } from '../../src/controls/query-text-not-logged.ts';
import { preview } from '../support/builders.ts';
import { specify } from '../support/specify.ts';

specify(queryTextNotLogged, {
  passes: [
    { when: 'nothing is set', given: { preview: preview({ fullTextQuery: 'None' }) }, observing: { enableFullTextQuery: 'None' } },
    { when: 'it is off', given: { preview: preview({ fullTextQuery: 'False' }) } },
  ],
  fails: [
    { when: 'it is on', given: { preview: preview({ fullTextQuery: 'True' }) }, says: 'Full-text query logging is on', observing: { enableFullTextQuery: 'True' } },
    { when: 'the value is newer than the program', given: { preview: preview({ fullTextQuery: { unrecognised: 'Sampled' } }) }, says: 'is set to "Sampled", which this version does not know.' },
  ],
});
