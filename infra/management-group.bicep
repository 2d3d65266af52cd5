// What the monitor may read, below one management group. Deployed once, by somebody who may assign roles there:
//   az deployment mg create --management-group-id <group> --location <region> --template-file infra/management-group.bicep --parameters principalId=<id>
// A deployment of resources cannot reach a management group, so this is a step of its own.
targetScope = 'managementGroup'

@minLength(36)
@maxLength(36)
@description('Principal id of the identity of the app: IDENTITY_PRINCIPAL_ID of the deployment.')
param principalId string

@description('Name of the custom role, unique in the tenant.')
param roleName string = 'Cosmos DB Compliance Reader'

// Written by `npm run docs` from what the collectors read.
var role = loadJsonContent('reader-role.json')

// Narrower than any built-in role: Reader and Cosmos DB Account Reader also reach read-only account keys.
resource definition 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(managementGroup().id, 'cosmos-compliance-reader')
  properties: {
    roleName: roleName
    description: role.Description
    type: 'CustomRole'
    assignableScopes: [
      managementGroup().id
    ]
    permissions: [
      {
        actions: role.Actions
        notActions: role.NotActions
        dataActions: role.DataActions
        notDataActions: role.NotDataActions
      }
    ]
  }
}

// The identity of the app reads every subscription below the management group.
resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(managementGroup().id, principalId, 'cosmos-compliance-reader')
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: definition.id
    description: 'cosmos-compliance-monitor reads what it judges.'
  }
}

@description('Resource id of the custom role.')
output roleDefinitionId string = definition.id
