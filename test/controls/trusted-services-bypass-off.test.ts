import { trustedServicesBypassOff } from '../../src/controls/trusted-services-bypass-off.ts';
import { account, endpointId } from '../support/builders.ts';
import { specify } from '../support/specify.ts';

specify(trustedServicesBypassOff, {
  passes: [
    { when: 'the bypass is off', given: { account: account() }, observing: { trustedServicesBypass: false } },
    { when: 'resources are named but the bypass is off', given: { account: account({ bypassResourceIds: [endpointId] }) }, observing: { bypassResourceIds: 1 } },
  ],
  fails: [
    { when: 'the bypass is on and names nobody', given: { account: account({ trustedServicesBypass: true }) }, says: 'networkAclBypass is AzureServices' },
    {
      when: 'the bypass is on and names a resource',
      given: { account: account({ trustedServicesBypass: true, bypassResourceIds: [endpointId] }) },
      says: '1 named in networkAclBypassResourceIds',
    },
  ],
});
