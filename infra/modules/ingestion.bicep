// The data collection rule that rows are sent to. Kind Direct: it has its own endpoint.

@description('Name of the data collection rule.')
param name string

@description('Region of the workspace: rule and workspace have to be in the same one.')
param location string

@description('Tags of the rule.')
param tags object

@description('Resource id of the workspace.')
param workspaceId string

@description('Principal id of the identity of the app.')
param principalId string

// Written by `npm run docs` from src/sinks/log-analytics/tables.ts.
var definitions = loadJsonContent('../tables.json')

var monitoringMetricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb'

// One stream for each table, passed through as it is.
resource rule 'Microsoft.Insights/dataCollectionRules@2024-03-11' = {
  name: name
  location: location
  tags: tags
  kind: 'Direct'
  properties: {
    description: 'Rows of cosmos-compliance-monitor.'
    streamDeclarations: definitions.streams
    destinations: {
      logAnalytics: [
        {
          name: 'workspace'
          workspaceResourceId: workspaceId
        }
      ]
    }
    dataFlows: [for table in definitions.tables: {
      streams: [
        table.stream
      ]
      destinations: [
        'workspace'
      ]
      transformKql: 'source'
      outputStream: table.stream
    }]
  }
}

// Rows that the rule refuses or drops are told in DCRLogErrors, which an alert reads.
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: rule
  name: 'errors'
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        category: 'LogErrors'
        enabled: true
      }
    ]
  }
}

// The app may send rows to this rule, and to no other.
// https://learn.microsoft.com/azure/azure-monitor/logs/logs-ingestion-api-overview
resource publisherRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: rule
  name: guid(rule.id, principalId, monitoringMetricsPublisher)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', monitoringMetricsPublisher)
  }
}

@description('Resource id of the rule.')
output id string = rule.id

@description('Immutable id of the rule: LOGS_RULE_ID.')
output immutableId string = rule.properties.immutableId

@description('Endpoint of the rule: LOGS_INGESTION_ENDPOINT.')
output endpoint string = rule.properties.endpoints.logsIngestion
