import { conditionalAccessInPlace } from '../../src/controls/conditional-access-in-place.ts';
import { specifyManual } from '../support/specify-manual.ts';

specifyManual(conditionalAccessInPlace, {
  answers: ['ASB IM-6'],
  looksAt: ['Conditional Access', 'What If', 'named location', 'approvedRanges'],
});
