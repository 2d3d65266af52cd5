import { credentialScanningInPlace } from '../../src/controls/credential-scanning-in-place.ts';
import { specifyManual } from '../support/specify-manual.ts';

specifyManual(credentialScanningInPlace, {
  answers: ['ASB IM-7'],
  looksAt: ['push protection', 'AccountKey=', 'Key Vault', 'rotation'],
});
