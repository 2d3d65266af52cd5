// What the monitor may read, in a list of subscriptions, where no management group is to be used:
//   az deployment sub create --location <region> --template-file infra/subscription-reader.bicep --parameters principalId=<id> subscriptions='["<id>"]'
// The custom role is defined once, in the subscription that is deployed to, and can be assigned in all of them: the
// name of a role is unique in the tenant.
targetScope = 'subscription'

@minLength(36)
@maxLength(36)
@description('Principal id of the identity of the app: IDENTITY_PRINCIPAL_ID of the deployment.')
param principalId string

@minLength(1)
@description('Ids of the subscriptions that are read.')
param subscriptions string[] = [
  subscription().subscriptionId
]

@description('Name of the custom role, unique in the tenant.')
param roleName string = 'Cosmos DB Compliance Reader'

// Written by `npm run docs` from what the collectors read.
var role = loadJsonContent('reader-role.json')

var roleId = guid(subscription().id, 'cosmos-compliance-reader')

// Narrower than any built-in role: Reader and Cosmos DB Account Reader also reach read-only account keys.
resource definition 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: roleId
  properties: {
    roleName: roleName
    description: role.Description
    type: 'CustomRole'
    assignableScopes: [for id in subscriptions: '/subscriptions/${id}']
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

// The identity of the app reads each of these subscriptions.
module assignments 'modules/reader-assignment.bicep' = [for id in subscriptions: {
  name: 'cosmos-compliance-reader-${id}'
  scope: subscription(id)
  params: {
    principalId: principalId
    roleId: roleId
  }
  dependsOn: [
    definition
  ]
}]

@description('Resource id of the custom role.')
output roleDefinitionId string = definition.id
