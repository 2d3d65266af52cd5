// Private networking: a virtual network for what the app sends, and private endpoints of its storage.

@description('Ending of all names.')
param suffix string

@description('Azure region.')
param location string

@description('Tags of everything.')
param tags object

@description('Address range of the virtual network, /24 or larger.')
param addressPrefix string

@description('Private DNS zones are created and linked; otherwise policy of the organisation registers the endpoints.')
param createZones bool

@description('What leaves the network does so through a NAT gateway with one fixed address.')
param natGateway bool

@description('Resource id of the storage account.')
param storageId string

var services = [
  'blob'
  'queue'
  'table'
]

// The public address of what leaves the network.
resource address 'Microsoft.Network/publicIPAddresses@2024-05-01' = if (natGateway) {
  name: 'pip-ccm-${suffix}'
  location: location
  tags: tags
  sku: {
    name: 'Standard'
  }
  properties: {
    publicIPAllocationMethod: 'Static'
  }
}

// Resource Manager, Entra ID and the ingestion endpoint are public services, so the app needs a way out.
resource gateway 'Microsoft.Network/natGateways@2024-05-01' = if (natGateway) {
  name: 'ng-ccm-${suffix}'
  location: location
  tags: tags
  sku: {
    name: 'Standard'
  }
  properties: {
    publicIpAddresses: [
      {
        id: address.id
      }
    ]
  }
}

// Nobody may come in: neither subnet takes connections from outside the network.
resource rules 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-ccm-${suffix}'
  location: location
  tags: tags
  properties: {
    securityRules: []
  }
}

// One subnet for the app, which Flex Consumption wants delegated, one for endpoints. Subnets are declared in the
// network: as resources of their own, a second deployment of the network would remove them first.
resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-ccm-${suffix}'
  location: location
  tags: tags
  properties: {
    addressSpace: {
      addressPrefixes: [
        addressPrefix
      ]
    }
    subnets: [
      {
        name: 'app'
        properties: {
          addressPrefix: cidrSubnet(addressPrefix, 26, 0)
          defaultOutboundAccess: false
          delegations: [
            {
              name: 'flex-consumption'
              properties: {
                serviceName: 'Microsoft.App/environments'
              }
            }
          ]
          natGateway: natGateway ? { id: gateway.id } : null
          networkSecurityGroup: {
            id: rules.id
          }
        }
      }
      {
        name: 'endpoints'
        properties: {
          addressPrefix: cidrSubnet(addressPrefix, 26, 1)
          defaultOutboundAccess: false
          networkSecurityGroup: {
            id: rules.id
          }
          privateEndpointNetworkPolicies: 'NetworkSecurityGroupEnabled'
        }
      }
    ]
  }
}

// Zones in which the names of the storage services lead to the endpoints.
resource zones 'Microsoft.Network/privateDnsZones@2024-06-01' = [for service in services: if (createZones) {
  name: 'privatelink.${service}.${environment().suffixes.storage}'
  location: 'global'
  tags: tags
}]

// The network resolves names by these zones.
resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [for (service, i) in services: if (createZones) {
  parent: zones[i]
  name: 'ccm'
  location: 'global'
  tags: tags
  properties: {
    registrationEnabled: false
    virtualNetwork: {
      id: network.id
    }
  }
}]

// One endpoint for each storage service the host uses.
resource endpoints 'Microsoft.Network/privateEndpoints@2024-05-01' = [for service in services: {
  name: 'pe-ccm-${service}-${suffix}'
  location: location
  tags: tags
  properties: {
    subnet: {
      id: '${network.id}/subnets/endpoints'
    }
    privateLinkServiceConnections: [
      {
        name: service
        properties: {
          groupIds: [
            service
          ]
          privateLinkServiceId: storageId
        }
      }
    ]
  }
}]

// Registers the address of each endpoint in its zone.
resource registrations 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-05-01' = [for (service, i) in services: if (createZones) {
  parent: endpoints[i]
  name: 'default'
  properties: {
    privateDnsZoneConfigs: [
      {
        name: service
        properties: {
          privateDnsZoneId: zones[i].id
        }
      }
    ]
  }
  dependsOn: [
    links[i]
  ]
}]

@description('Resource id of the subnet of the app.')
output appSubnetId string = '${network.id}/subnets/app'
