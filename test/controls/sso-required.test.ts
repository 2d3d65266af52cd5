import { ssoRequired } from '../../src/controls/sso-required.ts';
import { specifyManual } from '../support/specify-manual.ts';

specifyManual(ssoRequired, {
  answers: ['ASB IM-3'],
  looksAt: ['Entra ID', 'sign in', 'assignment'],
});
