// Storage of the app: the deployment package, the host's own leases and queues, and what scans remember.

@description('Name of the storage account.')
param name string

@description('Azure region.')
param location string

@description('Tags of the storage account.')
param tags object

@description('Principal id of the identity of the app.')
param principalId string

@description('Orchestrations keep their state in this storage account.')
param holdsOrchestrations bool

@description('Object ids of Entra groups that may ask for a scan.')
param scanRequesters string[]

@description('Reachable by private endpoints only.')
param isPrivate bool

var roles = {
  blobDataOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  queueDataContributor: '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  queueDataMessageSender: 'c6a89b2d-59bc-44d0-9896-0f6e12d7b80a'
  tableDataContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
}

// The account has no keys: everybody who comes in is an identity with a role. Flex Consumption has no fixed outbound
// addresses, so without private endpoints the network is open and identities alone decide.
resource account 'Microsoft.Storage/storageAccounts@2025-08-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: 'Standard_LRS'
  }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    supportsHttpsTrafficOnly: true
    networkAcls: {
      bypass: 'None'
      defaultAction: isPrivate ? 'Deny' : 'Allow'
    }
  }
}

// Deleted state can be brought back for two weeks.
resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2025-08-01' = {
  parent: account
  name: 'default'
  properties: {
    containerDeleteRetentionPolicy: {
      enabled: true
      days: 14
    }
    deleteRetentionPolicy: {
      enabled: true
      days: 14
    }
  }
}

// The deployment package, which the platform runs the app from.
resource packages 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-08-01' = {
  parent: blobs
  name: 'deployments'
  properties: {
    publicAccess: 'None'
  }
}

// What scans remember: transitions, the last good baseline, rows that could not be delivered (STATE_URL).
resource state 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-08-01' = {
  parent: blobs
  name: 'cosmos-compliance'
  properties: {
    publicAccess: 'None'
  }
}

// Queues of the app.
resource queues 'Microsoft.Storage/storageAccounts/queueServices@2025-08-01' = {
  parent: account
  name: 'default'
}

// Scans on demand come in here; whoever may put a message in may ask for a scan.
resource requests 'Microsoft.Storage/storageAccounts/queueServices/queues@2025-08-01' = {
  parent: queues
  name: 'scan-requests'
}

// Requests that failed for good; the host would create it on the first one.
resource poison 'Microsoft.Storage/storageAccounts/queueServices/queues@2025-08-01' = {
  parent: queues
  name: 'scan-requests-poison'
}

// The host keeps leases and the timer's schedule in containers that it creates, reads the package, and scans write
// their state: Blob Data Owner is what the Functions host asks for.
// https://learn.microsoft.com/azure/azure-functions/functions-reference#connecting-to-host-storage-with-an-identity
resource blobRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account
  name: guid(account.id, principalId, roles.blobDataOwner)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobDataOwner)
  }
}

// The queue trigger reads and deletes requests and moves failed ones to the poison queue; with orchestrations in this
// storage their control and work-item queues are created here too.
resource queueRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account
  name: guid(account.id, principalId, roles.queueDataContributor)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.queueDataContributor)
  }
}

// Orchestrations keep their history and instances in tables; without them the app needs no table.
resource tableRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (holdsOrchestrations) {
  scope: account
  name: guid(account.id, principalId, roles.tableDataContributor)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.tableDataContributor)
  }
}

// People who may ask for a scan may add a message to this one queue, and do nothing else.
resource requesterRoles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for group in scanRequesters: {
  scope: requests
  name: guid(requests.id, group, roles.queueDataMessageSender)
  properties: {
    principalId: group
    principalType: 'Group'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.queueDataMessageSender)
  }
}]

@description('Resource id of the storage account.')
output id string = account.id

@description('Address of the blob service, with a slash at its end.')
output blobEndpoint string = account.properties.primaryEndpoints.blob

@description('Address of the queue service, with a slash at its end.')
output queueEndpoint string = account.properties.primaryEndpoints.queue

@description('Address of the table service, with a slash at its end.')
output tableEndpoint string = account.properties.primaryEndpoints.table

@description('Address of the container with the deployment package.')
output packagesUrl string = '${account.properties.primaryEndpoints.blob}${packages.name}'

@description('Address of the container with the state of scans.')
output stateUrl string = '${account.properties.primaryEndpoints.blob}${state.name}'
