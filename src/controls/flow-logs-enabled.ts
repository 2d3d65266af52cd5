import { control, fail, notApplicable, pass } from '../core/control.ts';
import type { AccountNetwork, AccountSubnet, FlowLog } from '../core/network.ts';
import { sameId } from '../core/resource-id.ts';
import { noNetworks, notApplicableWithoutNetworks, subnetName } from './networks.ts';
import { cut, listed } from './support.ts';

/** A flow log on the network, the subnet or its security group covers a subnet; the best one counts. */
export const flowLogsEnabled = control({
  id: 'flow-logs-enabled',
  scope: 'account',
  title: 'Flow logs with traffic analytics cover every subnet that the account uses.',
  severity: 'low',
  rationale:
    'Flow logs are the record of who talked to whom in the networks that reach the account; traffic analytics makes it searchable. After an incident there is no other way to tell what went where.',
  remediation: {
    text: 'Create a virtual network flow log with traffic analytics. Flow logs of security groups still count; they cannot be created any more and end on 30 September 2027.',
    cli: 'az network watcher flow-log create --location <region> --name <name> --vnet <network-id> --storage-account <storage-id> --workspace <workspace-id> --traffic-analytics true --interval 10',
    bicep: "resource flowLog 'Microsoft.Network/networkWatchers/flowLogs@2025-05-01' = {\n  parent: watcher\n  name: '<name>'\n  location: '<region>'\n  properties: {\n    enabled: true\n    targetResourceId: network.id\n    storageId: storage.id\n    flowAnalyticsConfiguration: {\n      networkWatcherFlowAnalyticsConfiguration: {\n        enabled: true\n        workspaceResourceId: workspace.id\n        trafficAnalyticsInterval: 10\n      }\n    }\n  }\n}",
  },
  references: ['https://learn.microsoft.com/azure/network-watcher/vnet-flow-logs-overview', 'https://learn.microsoft.com/azure/network-watcher/traffic-analytics'],
  requirements: ['ASB NS-1'],
  notApplicableWhen: notApplicableWithoutNetworks,
  needs: ['networks', 'flowLogs'],
  evaluate({ networks, flowLogs }) {
    const judged = networks.flatMap(network => network.subnets.map(subnet => ({ name: subnetName(subnet), coverage: coverageOf(network, subnet, flowLogs) })));
    const problems = judged.flatMap(({ name, coverage }) => (coverage === 'whole' ? [] : `${name} has ${coverage}`));
    const observed = { subnets: cut(judged.map(({ name }) => name)), flowLogs: flowLogs.length, problems: cut(problems) };
    if (judged.length === 0) return notApplicable(noNetworks, observed);
    return problems.length > 0 ? fail(`Traffic is not recorded on every subnet: ${listed(problems, '; ')}.`, observed) : pass(observed);
  },
});

type Coverage = 'whole' | 'flow logs without traffic analytics' | 'flow logs that are off' | 'no flow logs';

function coverageOf(network: AccountNetwork, { id, securityGroupId }: AccountSubnet, flowLogs: readonly FlowLog[]): Coverage {
  const covering = flowLogs.filter(({ targetId }) => [network.id, id, securityGroupId].some(target => target !== null && sameId(target, targetId)));
  const on = covering.filter(({ enabled }) => enabled);
  if (on.some(({ trafficAnalytics }) => trafficAnalytics)) return 'whole';
  if (on.length > 0) return 'flow logs without traffic analytics';
  return covering.length > 0 ? 'flow logs that are off' : 'no flow logs';
}
