// Durable Task Scheduler: keeps the state of orchestrations where the storage account does not.

@description('Name of the scheduler.')
param name string

@description('Name of the task hub.')
param hubName string

@description('Azure region.')
param location string

@description('Tags of the scheduler.')
param tags object

@allowed([
  'Consumption'
  'Dedicated'
])
@description('SKU: paid by action, or by capacity unit.')
param sku string

@description('Principal id of the identity of the app.')
param principalId string

var durableTaskDataContributor = '0ad04412-c4d5-4796-b79c-f76d14c8d402'

// The scheduler knows no keys. Addresses are not restricted: Flex Consumption has no fixed outbound ones.
resource scheduler 'Microsoft.DurableTask/schedulers@2026-02-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    ipAllowlist: [
      '0.0.0.0/0'
    ]
    sku: sku == 'Dedicated' ? {
      name: 'Dedicated'
      capacity: 1
    } : {
      name: 'Consumption'
    }
  }
}

// The hub of this app's orchestrations.
resource hub 'Microsoft.DurableTask/schedulers/taskHubs@2026-02-01' = {
  parent: scheduler
  name: hubName
  properties: {}
}

// The app may run orchestrations in this hub, and in no other.
resource contributorRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: hub
  name: guid(hub.id, principalId, durableTaskDataContributor)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', durableTaskDataContributor)
  }
}

@description('Address of the scheduler.')
output endpoint string = scheduler.properties.endpoint
