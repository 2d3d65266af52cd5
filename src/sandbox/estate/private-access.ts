import type { Resource } from './estate.ts';
import { guid, regionName, resourceId, type Group } from './ids.ts';

/** A record of a private DNS zone. */
export interface RecordSpec {
  readonly name: string;
  readonly address: string;
}

/** The records that an endpoint keeps: one for the account and one for each region, with addresses that follow each other. */
export function recordsFor(account: string, firstAddress: string, regions: readonly string[]): RecordSpec[] {
  const [, network = '', host = ''] = /^(.*\.)(\d+)$/.exec(firstAddress) ?? [];
  return [account, ...regions.map(region => `${account}-${regionName(region)}`)].map((name, position) => ({ name, address: `${network}${Number(host) + position}` }));
}

export function zoneId(group: Group, name: string): string {
  return resourceId(group, 'Microsoft.Network', 'privateDnsZones', name);
}

export interface ZoneSpec {
  /** Ids of virtual networks. */
  readonly links: readonly string[];
  readonly records: readonly RecordSpec[];
}

/** A private DNS zone with its links and A records. */
export function privateDnsZone(group: Group, name: string, { links, records }: ZoneSpec): Resource[] {
  const id = zoneId(group, name);
  const zone: Resource = {
    id,
    name,
    type: 'Microsoft.Network/privateDnsZones',
    location: 'global',
    tags: {},
    etag: guid(`${id}/etag`),
    properties: {
      provisioningState: 'Succeeded',
      maxNumberOfRecordSets: 25_000,
      numberOfRecordSets: records.length + 1,
      maxNumberOfVirtualNetworkLinks: 1_000,
      numberOfVirtualNetworkLinks: links.length,
    },
  };
  return [zone, ...links.map(network => link(id, network)), ...records.map(record => recordSet(id, name, record))];
}

function link(zone: string, network: string): Resource {
  const name = `link-${network.slice(network.lastIndexOf('/') + 1)}`;
  const properties = { provisioningState: 'Succeeded', registrationEnabled: false, virtualNetwork: { id: network }, virtualNetworkLinkState: 'Completed' };
  return { id: `${zone}/virtualNetworkLinks/${name}`, name, type: 'Microsoft.Network/privateDnsZones/virtualNetworkLinks', location: 'global', properties };
}

function recordSet(zone: string, zoneName: string, { name, address }: RecordSpec): Resource {
  const properties = { fqdn: `${name}.${zoneName}.`, ttl: 10, aRecords: [{ ipv4Address: address }], isAutoRegistered: false };
  return { id: `${zone}/A/${name}`, name, type: 'Microsoft.Network/privateDnsZones/A', etag: guid(`${zone}/${name}`), properties };
}

export interface EndpointSpec {
  readonly accountId: string;
  readonly groupId: string;
  readonly subnetId: string;
  readonly records: readonly RecordSpec[];
  /** The zones that its zone group names; none: it has no zone group. */
  readonly zones?: readonly string[];
}

/** A private endpoint with its zone group. Azure lists its names only where no zone group registers them. */
export function privateEndpoint(group: Group, name: string, { accountId, groupId, subnetId, records, zones = [] }: EndpointSpec): Resource[] {
  const id = resourceId(group, 'Microsoft.Network', 'privateEndpoints', name);
  const type = 'Microsoft.Network/privateEndpoints';
  const state = { status: 'Approved', description: 'Auto-approved', actionsRequired: 'None' };
  const endpoint: Resource = {
    id,
    name,
    type,
    location: regionName(group.location),
    etag: `W/"${guid(id)}"`,
    properties: {
      provisioningState: 'Succeeded',
      subnet: { id: subnetId },
      networkInterfaces: [{ id: resourceId(group, 'Microsoft.Network', 'networkInterfaces', `${name}.nic.${guid(id)}`) }],
      privateLinkServiceConnections: [
        {
          id: `${id}/privateLinkServiceConnections/${name}`,
          name,
          properties: { provisioningState: 'Succeeded', privateLinkServiceId: accountId, groupIds: [groupId], privateLinkServiceConnectionState: state },
        },
      ],
      manualPrivateLinkServiceConnections: [],
      customDnsConfigs: zones.length > 0 ? [] : records.map(record => ({ fqdn: `${record.name}.documents.azure.com`, ipAddresses: [record.address] })),
      ipConfigurations: [],
    },
  };
  const groups = zones.length > 0 ? [zoneGroup(id, zones, records)] : [];
  return [endpoint, ...groups];
}

function zoneGroup(endpointId: string, zones: readonly string[], records: readonly RecordSpec[]): Resource {
  const privateDnsZoneConfigs = zones.map(privateDnsZoneId => {
    const zone = privateDnsZoneId.slice(privateDnsZoneId.lastIndexOf('/') + 1);
    const recordSets = records.map(({ name, address }) => ({ recordType: 'A', recordSetName: name, fqdn: `${name}.${zone}`, ttl: 10, ipAddresses: [address], provisioningState: 'Succeeded' }));
    return { name: zone.replaceAll('.', '-'), properties: { privateDnsZoneId, recordSets } };
  });
  return {
    id: `${endpointId}/privateDnsZoneGroups/default`,
    name: 'default',
    type: 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups',
    properties: { provisioningState: 'Succeeded', privateDnsZoneConfigs },
  };
}
