import { incidentProcessRehearsed } from '../../src/controls/incident-process-rehearsed.ts';
import { specifyManual } from '../support/specify-manual.ts';

specifyManual(incidentProcessRehearsed, {
  answers: ['SEC respond-to-attacks'],
  looksAt: ['runbook', 'Microsoft', 'regenerate keys', 'Restore'],
});
