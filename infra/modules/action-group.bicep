// Whom alerts tell.

@description('Name of the action group.')
param name string

@description('Tags of the action group.')
param tags object

@description('E-mail addresses.')
param emails string[]

@secure()
@description('Https address that alerts are posted to; empty: none. The address may hold a secret, so it is not shown anywhere.')
param webhookUri string

@description('Entra authentication of the webhook: { objectId, identifierUri, tenantId }; empty: none.')
param webhookEntra object

// Everybody gets the common alert schema, with the runbook of the rule in it.
resource group 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: name
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'cosmos-comp'
    emailReceivers: [for email in emails: {
      name: email
      emailAddress: email
      useCommonAlertSchema: true
    }]
    webhookReceivers: empty(webhookUri) ? [] : [
      union({
        name: 'webhook'
        serviceUri: webhookUri
        useCommonAlertSchema: true
        useAadAuth: !empty(webhookEntra)
      }, webhookEntra)
    ]
  }
}

@description('Resource id of the action group.')
output id string = group.id
