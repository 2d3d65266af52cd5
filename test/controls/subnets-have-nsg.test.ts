import { subnetsHaveNsg } from '../../src/controls/subnets-have-nsg.ts';
import { subnetId } from '../support/builders.ts';
import { accountNetwork, accountSubnet } from '../support/network-builders.ts';
import { specify } from '../support/specify.ts';

const named = (name: string, differences = {}) => accountSubnet({ id: subnetId.replace(/apps$/, name), ...differences });
const bare = { securityGroupId: null };
const special = ['GatewaySubnet', 'AzureFirewallSubnet', 'AzureFirewallManagementSubnet', 'RouteServerSubnet'];

specify(subnetsHaveNsg, {
  passes: [
    { when: 'every subnet has a group', observing: { subnets: ['hub/apps'], withoutGroup: [], endpointsNotFiltered: [] } },
    { when: 'the group does not hold for endpoints, which is said', given: { networks: [accountNetwork({ subnets: [accountSubnet({ endpointPolicies: 'RouteTableEnabled' })] })] }, observing: { endpointsNotFiltered: ['hub/apps'] } },
    { when: 'policies for endpoints are all on', given: { networks: [accountNetwork({ subnets: [accountSubnet({ endpointPolicies: 'enabled' })] })] }, observing: { endpointsNotFiltered: [] } },
    { when: 'there is no endpoint that it could hold for', given: { networks: [accountNetwork({ subnets: [accountSubnet({ holdsEndpoint: false, endpointPolicies: 'Disabled' })] })] }, observing: { endpointsNotFiltered: [] } },
    { when: 'the ones without are those in which Azure allows none', given: { networks: [accountNetwork({ subnets: [accountSubnet(), ...special.map(name => named(name, bare))] })] }, observing: { subnets: ['hub/apps'] } },
  ],
  fails: [
    { when: 'a subnet has none', given: { networks: [accountNetwork({ subnets: [accountSubnet(bare)] })] }, says: 'These subnets have no network security group: hub/apps.', observing: { withoutGroup: ['hub/apps'], endpointsNotFiltered: [] } },
    { when: 'one of two in another network has none', given: { networks: [accountNetwork(), accountNetwork({ subnets: [accountSubnet(), named('jobs', { ...bare, holdsEndpoint: false })] })] }, says: 'group: hub/jobs.' },
    { when: 'a subnet for Azure Bastion has none', given: { networks: [accountNetwork({ subnets: [named('AzureBastionSubnet', bare)] })] }, says: 'hub/AzureBastionSubnet' },
  ],
  doesNotApply: [
    { when: 'the account uses no network', given: { networks: [] }, because: 'No virtual network rule and no approved private endpoint of the account uses a subnet that exists.' },
    { when: 'Azure allows none in its subnets', given: { networks: [accountNetwork({ subnets: [named('azurefirewallsubnet', bare)] })] }, because: 'Azure allows no network security group in hub/azurefirewallsubnet.' },
  ],
});
