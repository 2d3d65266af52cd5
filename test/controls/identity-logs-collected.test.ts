import { identityLogsCollected } from '../../src/controls/identity-logs-collected.ts';
import { specifyManual } from '../support/specify-manual.ts';

specifyManual(identityLogsCollected, {
  answers: ['ASB IM-5'],
  looksAt: ['SignInLogs', 'AuditLogs', 'RiskyUsers', 'alert'],
});
