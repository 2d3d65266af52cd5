import { resourceTokensScoped } from '../../src/controls/resource-tokens-scoped.ts';
import { specifyManual } from '../support/specify-manual.ts';

specifyManual(resourceTokensScoped, {
  answers: ['SEC users-and-permissions'],
  looksAt: ['ResourceTokenPermissionId', 'partition key', 'lifetime', 'users and permissions'],
});
