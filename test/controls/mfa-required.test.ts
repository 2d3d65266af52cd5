import { mfaRequired } from '../../src/controls/mfa-required.ts';
import { specifyManual } from '../support/specify-manual.ts';

specifyManual(mfaRequired, {
  answers: ['ASB IM-4'],
  looksAt: ['phishing-resistant', 'break-glass', 'SigninLogs', 'singleFactorAuthentication'],
});
