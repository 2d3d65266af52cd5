import { flowLogsEnabled } from '../../src/controls/flow-logs-enabled.ts';
import { subnetId } from '../support/builders.ts';
import { accountNetwork, accountSubnet, flowLog, networkId, otherNetworkId, securityGroupId } from '../support/network-builders.ts';
import { specify } from '../support/specify.ts';

specify(flowLogsEnabled, {
  passes: [
    { when: 'a flow log with traffic analytics covers the network', observing: { subnets: ['hub/apps'], flowLogs: 1, problems: [] } },
    { when: 'one covers the subnet', given: { flowLogs: [flowLog({ targetId: subnetId })] } },
    { when: "one covers the subnet's security group", given: { flowLogs: [flowLog({ targetId: securityGroupId })] } },
    { when: 'ids differ in case', given: { flowLogs: [flowLog({ targetId: networkId.toUpperCase() })] } },
    { when: 'one of several is whole', given: { flowLogs: [flowLog({ enabled: false }), flowLog({ trafficAnalytics: false }), flowLog()] } },
  ],
  fails: [
    { when: 'there is none', given: { flowLogs: [] }, says: 'Traffic is not recorded on every subnet: hub/apps has no flow logs.' },
    { when: 'it is off', given: { flowLogs: [flowLog({ enabled: false })] }, says: 'hub/apps has flow logs that are off.' },
    { when: 'it has no traffic analytics', given: { flowLogs: [flowLog({ trafficAnalytics: false }), flowLog({ enabled: false })] }, says: 'hub/apps has flow logs without traffic analytics.' },
    { when: 'it is for another network', given: { flowLogs: [flowLog({ targetId: otherNetworkId })] }, says: 'hub/apps has no flow logs.' },
    { when: 'it is for nothing, like the security group that is not there', given: { networks: [accountNetwork({ subnets: [accountSubnet({ securityGroupId: null })] })], flowLogs: [flowLog({ targetId: 'null' })] }, says: 'no flow logs' },
    {
      when: 'one of two networks has none',
      given: { networks: [accountNetwork(), accountNetwork({ id: otherNetworkId, subnets: [accountSubnet({ id: `${otherNetworkId}/subnets/jobs`, securityGroupId: null })] })] },
      says: 'every subnet: spoke/jobs has no flow logs.',
    },
  ],
  doesNotApply: [{ when: 'the account uses no network', given: { networks: [], flowLogs: [] }, because: 'No virtual network rule and no approved private endpoint of the account uses a subnet that exists.' }],
});
