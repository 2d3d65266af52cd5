import { firewallThreatIntelligence } from '../../src/controls/firewall-threat-intelligence.ts';
import { specifyManual } from '../support/specify-manual.ts';

specifyManual(firewallThreatIntelligence, {
  answers: ['ASB NS-5'],
  looksAt: ['threatIntelMode', 'Deny', 'AZFWThreatIntel', 'allow list'],
});
