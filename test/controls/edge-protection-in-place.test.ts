import { edgeProtectionInPlace } from '../../src/controls/edge-protection-in-place.ts';
import { specifyManual } from '../support/specify-manual.ts';

specifyManual(edgeProtectionInPlace, {
  answers: ['ASB NS-4'],
  looksAt: ['WAF', 'mode Prevention', 'DDoS', '0.0.0.0/0'],
});
