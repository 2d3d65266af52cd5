// The Log Analytics workspace, new or there already, and the tables in it. Deployed into the workspace's resource group.

@description('Name of the workspace.')
param name string

@description('The workspace is created; otherwise it is there already and only gets tables and a role assignment.')
param isNew bool

@description('Azure region of a new workspace.')
param location string

@description('Tags of a new workspace.')
param tags object

@description('Most GB a new workspace takes in a day; -1: no cap.')
param dailyCapGb int

@description('Days for which rows can be queried.')
param retentionDays int

@description('Days for which rows are kept in all.')
param totalRetentionDays int

@description('Principal id of the identity with which alert rules run their queries.')
param readerPrincipalId string

// Written by `npm run docs` from src/sinks/log-analytics/tables.ts.
var definitions = loadJsonContent('../tables.json')

var logAnalyticsReader = '73c42c96-874c-492b-b04d-ab87d138a893'

// A workspace of its own, without local authentication: queries and ingestion take Entra ID identities only.
resource created 'Microsoft.OperationalInsights/workspaces@2025-07-01' = if (isNew) {
  name: name
  location: location
  tags: tags
  properties: {
    retentionInDays: 30
    sku: {
      name: 'PerGB2018'
    }
    features: {
      disableLocalAuth: true
      enableLogAccessUsingOnlyResourcePermissions: true
    }
    workspaceCapping: {
      dailyQuotaGb: dailyCapGb
    }
  }
}

// The same one, or the one that is there already.
resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' existing = {
  name: name
}

// Columns come from the one declaration; each table has its own retention, so an existing workspace keeps its own.
@batchSize(1)
resource tables 'Microsoft.OperationalInsights/workspaces/tables@2025-07-01' = [for table in definitions.tables: {
  parent: workspace
  name: table.name
  properties: {
    plan: 'Analytics'
    retentionInDays: retentionDays
    totalRetentionInDays: max(retentionDays, totalRetentionDays)
    schema: {
      name: table.name
      columns: table.columns
    }
  }
  dependsOn: [
    created
  ]
}]

// Alert rules read the workspace and nothing else with an identity of their own; without one they would run with the
// rights of whoever edited them last.
resource readerRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: workspace
  name: guid(workspace.id, readerPrincipalId, logAnalyticsReader)
  properties: {
    principalId: readerPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', logAnalyticsReader)
  }
  dependsOn: [
    created
  ]
}

@description('Resource id of the workspace.')
output id string = workspace.id

@description('Region of the workspace, in which its data collection rule has to be.')
output location string = isNew ? location : workspace.location
