// Assigns the reader role in one subscription.
targetScope = 'subscription'

@description('Principal id of the identity of the app.')
param principalId string

@description('Name of the role definition, a GUID.')
param roleId string

// The identity of the app reads this subscription.
resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(subscription().id, principalId, roleId)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleId)
    description: 'cosmos-compliance-monitor reads what it judges.'
  }
}
