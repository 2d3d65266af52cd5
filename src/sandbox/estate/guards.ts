import type { Resource } from './estate.ts';
import { guid, regionName, resourceId, type Group } from './ids.ts';

export interface RuleSpec {
  readonly name: string;
  readonly direction: 'Inbound' | 'Outbound';
  readonly access?: 'Allow' | 'Deny';
  readonly protocol?: string;
  /** One is sent as a value, several as a list. */
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly ports: readonly string[];
}

/** A network security group with rules of its own; the ones that Azure adds to every group are left out. */
export function securityGroup(group: Group, name: string, rules: readonly RuleSpec[]): Resource {
  const id = resourceId(group, 'Microsoft.Network', 'networkSecurityGroups', name);
  const securityRules = rules.map((rule, position) => ({
    id: `${id}/securityRules/${rule.name}`,
    name: rule.name,
    type: 'Microsoft.Network/networkSecurityGroups/securityRules',
    etag: `W/"${guid(`${id}/${rule.name}`)}"`,
    properties: ruleProperties(rule, 100 + 10 * position),
  }));
  return {
    id,
    name,
    type: 'Microsoft.Network/networkSecurityGroups',
    location: regionName(group.location),
    tags: {},
    properties: { provisioningState: 'Succeeded', resourceGuid: guid(`${id}/guid`), securityRules, defaultSecurityRules: [] },
  };
}

function ruleProperties({ direction, access = 'Allow', protocol = 'Tcp', from, to, ports }: RuleSpec, priority: number): object {
  return {
    provisioningState: 'Succeeded',
    protocol,
    access,
    priority,
    direction,
    sourcePortRange: '*',
    sourcePortRanges: [],
    ...sent('sourceAddressPrefix', 'sourceAddressPrefixes', from),
    ...sent('destinationAddressPrefix', 'destinationAddressPrefixes', to),
    ...sent('destinationPortRange', 'destinationPortRanges', ports),
  };
}

function sent(one: string, many: string, values: readonly string[]): object {
  return values.length === 1 ? { [one]: values[0], [many]: [] } : { [many]: values };
}

/** Azure makes one for each region in which a subscription has a network. */
export function networkWatcher({ subscription, location }: Group): Resource {
  const name = `NetworkWatcher_${regionName(location)}`;
  const id = resourceId({ subscription, name: 'NetworkWatcherRG', location }, 'Microsoft.Network', 'networkWatchers', name);
  return { id, name, type: 'Microsoft.Network/networkWatchers', location: regionName(location), properties: { provisioningState: 'Succeeded', runningOperationIds: [] } };
}

export interface FlowLogSpec {
  readonly target: string;
  readonly enabled?: boolean;
  /** Where traffic analytics writes; absent: it is off. */
  readonly workspaceId?: string;
}

export function flowLog(watcher: Resource, name: string, { target, enabled = true, workspaceId }: FlowLogSpec): Resource {
  return {
    id: `${watcher.id}/flowLogs/${name}`,
    name,
    type: 'Microsoft.Network/networkWatchers/flowLogs',
    location: watcher.location ?? '',
    properties: {
      provisioningState: 'Succeeded',
      targetResourceId: target,
      targetResourceGuid: guid(`${target}/guid`),
      storageId: target.replace(/\/providers\/.*$/, '/providers/Microsoft.Storage/storageAccounts/stflowlogs'),
      enabled,
      retentionPolicy: { days: 0, enabled: false },
      format: { type: 'JSON', version: 2 },
      ...(workspaceId !== undefined && {
        flowAnalyticsConfiguration: { networkWatcherFlowAnalyticsConfiguration: { enabled: true, workspaceResourceId: workspaceId, workspaceRegion: 'westeurope', trafficAnalyticsInterval: 10 } },
      }),
    },
  };
}

export interface AddressSpec {
  readonly address: string;
  /** The IP configuration that has it. */
  readonly usedBy?: string;
  readonly protection?: 'Enabled' | 'Disabled' | 'VirtualNetworkInherited';
}

export function publicAddress(group: Group, name: string, { address, usedBy, protection = 'VirtualNetworkInherited' }: AddressSpec): Resource {
  const id = resourceId(group, 'Microsoft.Network', 'publicIPAddresses', name);
  return {
    id,
    name,
    type: 'Microsoft.Network/publicIPAddresses',
    location: regionName(group.location),
    sku: { name: 'Standard', tier: 'Regional' },
    properties: {
      provisioningState: 'Succeeded',
      resourceGuid: guid(`${id}/guid`),
      ipAddress: address,
      publicIPAddressVersion: 'IPv4',
      publicIPAllocationMethod: 'Static',
      idleTimeoutInMinutes: 4,
      ...(usedBy !== undefined && { ipConfiguration: { id: usedBy } }),
      ddosSettings: { protectionMode: protection },
    },
  };
}
