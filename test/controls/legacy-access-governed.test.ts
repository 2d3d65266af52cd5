import { legacyAccessGoverned } from '../../src/controls/legacy-access-governed.ts';
import { specifyManual } from '../support/specify-manual.ts';

specifyManual(legacyAccessGoverned, {
  answers: ['ASB IM-8'],
  looksAt: ['application proxy', 'VPN', 'Defender for Cloud Apps', 'managed identity'],
});
