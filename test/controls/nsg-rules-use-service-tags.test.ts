import { expect, test } from 'vitest';
import { nsgRulesUseServiceTags } from '../../src/controls/nsg-rules-use-service-tags.ts';
import type { SecurityRule } from '../../src/core/network.ts';
import { accountFacts, organisation } from '../support/builders.ts';
import { accountNetwork, accountSubnet, securityGroup, securityGroupId, securityRule } from '../support/network-builders.ts';
import { specify } from '../support/specify.ts';

/** A rule for what leaves the subnet of a virtual network rule. */
const out = (differences: Partial<SecurityRule>) => ({ networks: [accountNetwork({ subnets: [accountSubnet({ holdsEndpoint: false })] })], securityGroups: [securityGroup(securityRule({ direction: 'Outbound', destinations: ['AzureCosmosDB'], ...differences }))] });
/** A rule for what enters the subnet of an endpoint. */
const into = (differences: Partial<SecurityRule>) => ({ securityGroups: [securityGroup(securityRule(differences))] });
const everything = { sources: ['*'], destinations: ['*'], destinationPorts: ['*'], protocol: '*' };
const address = '40.68.0.0/16';

specify(nsgRulesUseServiceTags, {
  passes: [
    { when: 'rules name service tags', given: out({ destinations: ['AzureCosmosDB.WestEurope'] }), observing: { subnets: ['hub/apps'], securityGroups: ['apps'], problems: [] } },
    { when: 'application security groups stand in place of addresses', given: out({ sources: [], destinations: [] }) },
    ...['10.1.0.0/16', '172.16.5.0/24', '192.168.0.1', '100.64.0.0/10', '169.254.1.1', '168.63.129.16', 'fd00::/8', 'fe80::1'].map(range => ({ when: `${range} is spelled out: it is private`, given: out({ destinations: [range] }) })),
    ...['80', '444', '9999', '20001', '1-442', '20001-65535', '22'].map(port => ({ when: `public addresses are for port ${port}, which is not Cosmos DB's`, given: out({ destinations: [address], destinationPorts: [port] }) })),
    { when: 'public addresses are for UDP', given: out({ destinations: [address], protocol: 'Udp' }) },
    { when: 'public addresses are kept out', given: out({ destinations: [address], access: 'Deny' }) },
    { when: 'everything is kept out', given: into({ ...everything, access: 'Deny' }) },
    { when: 'public addresses come into the subnet of a virtual network rule: that is not about Cosmos DB', given: out({ direction: 'Inbound', sources: [address], destinations: ['*'] }) },
    { when: 'public addresses go out of the subnet of an endpoint', given: into({ direction: 'Outbound', destinations: [address] }) },
    { when: 'the near side is spelled out', given: out({ sources: [address] }) },
    { when: 'only one side is any', given: into({ ...everything, destinations: ['10.0.0.4'] }) },
    { when: 'any to any is for some ports', given: into({ ...everything, destinationPorts: ['443', '1024-65535'] }) },
    { when: 'any to any is for pings', given: into({ ...everything, protocol: 'Icmp' }) },
    { when: 'one of two subnets has no group', given: { networks: [accountNetwork({ subnets: [accountSubnet(), accountSubnet({ id: '/networks/hub/subnets/bare', securityGroupId: null })] })] }, observing: { subnets: ['hub/apps'] } },
    { when: 'ids of groups differ in case', given: { networks: [accountNetwork({ subnets: [accountSubnet({ securityGroupId: securityGroupId.toUpperCase() })] })] } },
  ],
  fails: [
    { when: 'everything is allowed in', given: into(everything), says: 'Security rules are wider or more brittle than they need be: apps/cosmos allows everything in.' },
    ...['443', '10250-10256', '10255', '10350', '10000-20000', '15000', '20000', '10000', '*', '400-500', '0-65535'].map(port => ({
      when: `public addresses are spelled out for ports ${port}`,
      given: out({ destinations: ['AzureCosmosDB', address], destinationPorts: ['22', port] }),
      says: 'apps/cosmos spells out 40.68.0.0/16.',
    })),
    ...['40.68.0.1', '11.0.0.0/7', '10.0.0.0/7', '2a01:111::/32', '0.0.0.0/0'].map(range => ({ when: `${range} is spelled out`, given: out({ destinations: [range] }), says: `spells out ${range}.` })),
    { when: 'public addresses come into the subnet of an endpoint', given: into({ sources: [address], protocol: '*' }), says: 'apps/cosmos spells out 40.68.0.0/16.' },
    { when: 'everything is allowed out', given: into({ ...everything, direction: 'Outbound' }), says: 'apps/cosmos allows everything out.' },
    ...([{ protocol: 'tcp' }, { sources: ['0.0.0.0/0'] }, { destinations: ['::/0'] }, { sources: ['Any'] }, { destinationPorts: ['0-65535'] }, { destinationPorts: ['80', '1-65535'] }] as const).map(
      differences => ({ when: `everything is said as ${JSON.stringify(differences)}`, given: into({ ...everything, ...differences }), says: 'allows everything in' }),
    ),
    {
      when: 'the same group is on two subnets, which is said once',
      given: { ...into(everything), networks: [accountNetwork({ subnets: [accountSubnet(), accountSubnet({ id: '/networks/hub/subnets/jobs', holdsEndpoint: false })] })] },
      says: 'need be: apps/cosmos allows everything in.',
      observing: { securityGroups: ['apps'], problems: ['apps/cosmos allows everything in'] },
    },
  ],
  doesNotApply: [
    { when: 'the account uses no network', given: { networks: [], securityGroups: [] }, because: 'No virtual network rule and no approved private endpoint of the account uses a subnet that exists.' },
    { when: 'no subnet has a group', given: { networks: [accountNetwork({ subnets: [accountSubnet({ securityGroupId: null })] })], securityGroups: [] }, because: 'No subnet that the account uses has a network security group.' },
  ],
});

const judged = (given: Parameters<typeof accountFacts>[0]) => nsgRulesUseServiceTags.judge(accountFacts(given), { now: new Date(0), parameters: {}, organisation: organisation() });

test('a group that was not read stops the control instead of passing', () => {
  expect(() => judged({ securityGroups: [] })).toThrow('Network security group apps was not read.');
});

test('a port that makes no sense stops the control instead of passing', () => {
  expect(() => judged(into({ destinationPorts: ['https'] }))).toThrow('Not a port or a range of ports: https');
});
