// Everything of the monitor in one resource group. `azd up` deploys it through main.bicep; into an existing resource
// group: az deployment group create --resource-group <group> --template-file infra/resources.bicep
targetScope = 'resourceGroup'

@minLength(1)
@maxLength(64)
@description('Name of the environment; names of all resources come from it and from the resource group.')
param environmentName string = 'cosmos-compliance'

@minLength(1)
@description('Azure region. Flex Consumption has to be offered there: `az functionapp list-flexconsumption-locations`.')
param location string = resourceGroup().location

@description('Tags of every resource.')
param tags object = {}

@description('When scans run: NCRONTAB with six fields, UTC. A scan every six hours notices a change within six hours.')
param schedule string = '0 0 */6 * * *'

@description('Management group below which subscriptions are scanned; empty: every subscription the identity can see.')
param managementGroup string = ''

@description('Ids of the only subscriptions that are scanned; empty: all in scope.')
param includeSubscriptions string[] = []

@description('Ids of subscriptions that are left out, each with a row that says so.')
param excludeSubscriptions string[] = []

@minValue(1)
@maxValue(256)
@description('Requests in flight to Azure Resource Manager at once.')
param concurrency int = 32

@description('Https address of a blob with the baseline file; empty: the standard profile.')
param baselineUrl string = ''

@minValue(0)
@maxValue(168)
@description('Hours after which every finding is written again. In between only what changed is written; 0: every scan writes all.')
param fullEmissionHours int = 24

@allowed([
  '22'
  '24'
])
@description('Node.js version of the app.')
param nodeVersion string = '24'

@allowed([
  512
  2048
  4096
])
@description('Memory of an instance in MB.')
param instanceMemoryMB int = 2048

@minValue(40)
@maxValue(1000)
@description('Most instances the app may scale out to; 40 is the least that Flex Consumption takes.')
param maximumInstanceCount int = 40

@allowed([
  'azureStorage'
  'durableTaskScheduler'
])
@description('Where orchestrations keep their state. The package has to be built for the same backend: CCM_DURABLE_BACKEND=<backend> npm run package.')
param durableBackend string = 'azureStorage'

@allowed([
  'Consumption'
  'Dedicated'
])
@description('SKU of the Durable Task Scheduler, where that is the backend.')
param schedulerSku string = 'Consumption'

@description('Resource id of a Log Analytics workspace that is there already; empty: a new one.')
param workspaceId string = ''

@minValue(4)
@maxValue(730)
@description('Days for which rows can be queried.')
param retentionDays int = 180

@minValue(4)
@maxValue(4383)
@description('Days for which rows are kept in all; those beyond retentionDays are in long-term retention.')
param totalRetentionDays int = 730

@minValue(-1)
@description('Most GB a new workspace takes in a day; -1: no cap. Rows beyond a cap are lost.')
param dailyCapGb int = -1

@description('E-mail addresses that alerts go to.')
param alertEmails string[] = []

@secure()
@description('Https address that alerts are posted to, in the common alert schema; empty: none.')
param alertWebhookUri string = ''

@description('Entra authentication of that webhook: { objectId, identifierUri, tenantId } of the application that protects it; empty: none.')
param alertWebhookEntra object = {}

@description('Resource ids of further action groups that alerts go to.')
param actionGroupIds string[] = []

@description('Ids of alert rules (infra/alerts/rules.json) that are deployed switched off.')
param disabledAlerts string[] = []

@minValue(1)
@maxValue(47)
@description('Hours without a finished scan after which the alert scan-missing fires; longer than the time between two scans.')
param missingAfterHours int = 26

@allowed([
  'PT1H'
  'PT6H'
  'PT12H'
  'P1D'
  'off'
])
@description('Time without any delivery after which the silence alert fires; longer than the time between two scans. off where scans run less than once a day.')
param silenceWindow string = 'P1D'

@description('Object ids of Entra groups that may ask for a scan through the queue scan-requests.')
param scanRequesters string[] = []

@description('Storage behind private endpoints, and the app in a virtual network.')
param privateNetworking bool = false

@description('Address range of that virtual network, /24 or larger.')
param virtualNetworkPrefix string = '10.90.0.0/24'

@description('Private DNS zones for the endpoints; false where policy of the organisation registers them.')
param createPrivateDnsZones bool = true

@description('A NAT gateway for what leaves that network: Resource Manager, Entra ID and the ingestion endpoint are public.')
param natGateway bool = true

var suffix = uniqueString(resourceGroup().id, environmentName)
var isNewWorkspace = empty(workspaceId)
var workspaceParts = split(workspaceId, '/')
var workspaceSubscription = isNewWorkspace ? subscription().subscriptionId : workspaceParts[2]
var workspaceGroup = isNewWorkspace ? resourceGroup().name : workspaceParts[4]
var workspaceName = isNewWorkspace ? 'log-ccm-${suffix}' : workspaceParts[8]
var usesScheduler = durableBackend == 'durableTaskScheduler'
var taskHubName = 'CosmosCompliance'
var appName = 'func-ccm-${suffix}'
var allActionGroupIds = concat([actionGroup.outputs.id], actionGroupIds)

// What scans are told, besides what they find out themselves. src/scan/settings.ts reads these, host.json the task hub.
var scanSettings = {
  AZURE_CLIENT_ID: identity.properties.clientId
  AZURE_CLOUD: environment().name
  BASELINE_URL: baselineUrl
  FULL_EMISSION_HOURS: string(fullEmissionHours)
  LOGS_INGESTION_ENDPOINT: ingestion.outputs.endpoint
  LOGS_RULE_ID: ingestion.outputs.immutableId
  SCAN_CONCURRENCY: string(concurrency)
  SCAN_EXCLUDE_SUBSCRIPTIONS: join(excludeSubscriptions, ',')
  SCAN_MANAGEMENT_GROUP: managementGroup
  SCAN_SCHEDULE: schedule
  SCAN_SUBSCRIPTIONS: join(includeSubscriptions, ',')
  STATE_URL: storage.outputs.stateUrl
  TASKHUB_NAME: taskHubName
}
var schedulerSettings = usesScheduler ? {
  DURABLE_TASK_SCHEDULER_CONNECTION_STRING: 'Endpoint=${scheduler!.outputs.endpoint};Authentication=ManagedIdentity;ClientID=${identity.properties.clientId}'
} : {}

// The identity of the app. What it may read in Azure is granted apart: management-group.bicep, subscription-reader.bicep.
resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: 'id-ccm-${suffix}'
  location: location
  tags: tags
}

// The identity with which alert rules query the workspace.
resource alertIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: 'id-ccm-alerts-${suffix}'
  location: location
  tags: tags
}

// Package, host state and scan state.
module storage 'modules/storage.bicep' = {
  name: 'storage'
  params: {
    name: 'stccm${suffix}'
    location: location
    tags: tags
    principalId: identity.properties.principalId
    holdsOrchestrations: !usesScheduler
    scanRequesters: scanRequesters
    isPrivate: privateNetworking
  }
}

// Virtual network and private endpoints, on request.
module network 'modules/network.bicep' = if (privateNetworking) {
  name: 'network'
  params: {
    suffix: suffix
    location: location
    tags: tags
    addressPrefix: virtualNetworkPrefix
    createZones: createPrivateDnsZones
    natGateway: natGateway
    storageId: storage.outputs.id
  }
}

// Workspace and tables, where the workspace is.
module workspace 'modules/workspace.bicep' = {
  name: 'cosmos-compliance-workspace'
  scope: resourceGroup(workspaceSubscription, workspaceGroup)
  params: {
    name: workspaceName
    isNew: isNewWorkspace
    location: location
    tags: tags
    dailyCapGb: dailyCapGb
    retentionDays: retentionDays
    totalRetentionDays: totalRetentionDays
    readerPrincipalId: alertIdentity.properties.principalId
  }
}

// What people and alert rules query: functions over the tables.
module savedFunctions 'modules/saved-functions.bicep' = {
  name: 'cosmos-compliance-functions'
  scope: resourceGroup(workspaceSubscription, workspaceGroup)
  params: {
    workspaceName: workspaceName
  }
  dependsOn: [
    workspace
  ]
}

// Where rows are sent.
module ingestion 'modules/ingestion.bicep' = {
  name: 'ingestion'
  params: {
    name: 'dcr-ccm-${suffix}'
    location: workspace.outputs.location
    tags: tags
    workspaceId: workspace.outputs.id
    principalId: identity.properties.principalId
  }
}

// Logs and metrics of the app itself.
module telemetry 'modules/telemetry.bicep' = {
  name: 'telemetry'
  params: {
    name: 'appi-ccm-${suffix}'
    location: location
    tags: tags
    workspaceId: workspace.outputs.id
    principalId: identity.properties.principalId
  }
}

// State of orchestrations, where it is not in the storage account.
module scheduler 'modules/durable-task.bicep' = if (usesScheduler) {
  name: 'durable-task'
  params: {
    name: 'dts-ccm-${suffix}'
    hubName: taskHubName
    location: location
    tags: tags
    sku: schedulerSku
    principalId: identity.properties.principalId
  }
}

// The function app; it starts when its roles are there.
module app 'modules/app.bicep' = {
  name: 'app'
  params: {
    name: appName
    planName: 'plan-ccm-${suffix}'
    location: location
    tags: tags
    identityId: identity.id
    clientId: identity.properties.clientId
    nodeVersion: nodeVersion
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    packagesUrl: storage.outputs.packagesUrl
    storage: {
      blob: storage.outputs.blobEndpoint
      queue: storage.outputs.queueEndpoint
      table: storage.outputs.tableEndpoint
    }
    insightsConnectionString: telemetry.outputs.connectionString
    scanSettings: union(scanSettings, schedulerSettings)
    subnetId: privateNetworking ? network!.outputs.appSubnetId : ''
  }
}

// What people look at.
module workbook 'modules/workbook.bicep' = {
  name: 'workbook'
  params: {
    location: location
    tags: tags
    workspaceId: workspace.outputs.id
  }
  dependsOn: [
    savedFunctions
  ]
}

// Whom alerts tell.
module actionGroup 'modules/action-group.bicep' = {
  name: 'action-group'
  params: {
    name: 'ag-ccm-${suffix}'
    tags: tags
    emails: alertEmails
    webhookUri: alertWebhookUri
    webhookEntra: alertWebhookEntra
  }
}

// Alerts on what is in the tables.
module alerts 'modules/alerts.bicep' = {
  name: 'alerts'
  params: {
    suffix: suffix
    location: workspace.outputs.location
    tags: tags
    workspaceId: workspace.outputs.id
    identityId: alertIdentity.id
    actionGroupIds: allActionGroupIds
    disabledAlerts: disabledAlerts
    missingAfterHours: missingAfterHours
    workbookId: workbook.outputs.id
  }
}

// Alerts that do not need the tables.
module platformAlerts 'modules/platform-alerts.bicep' = {
  name: 'platform-alerts'
  params: {
    suffix: suffix
    tags: tags
    ruleId: ingestion.outputs.id
    actionGroupIds: allActionGroupIds
    disabledAlerts: disabledAlerts
    silenceWindow: silenceWindow
  }
}

@description('Name of the function app.')
output scannerName string = appName

@description('Principal id of the identity that reads Azure.')
output identityPrincipalId string = identity.properties.principalId

@description('Resource id of the Log Analytics workspace.')
output workspaceId string = workspace.outputs.id

@description('Resource id of the workbook.')
output workbookId string = workbook.outputs.id

@description('Ingestion endpoint of the data collection rule.')
output ingestionEndpoint string = ingestion.outputs.endpoint

@description('Immutable id of the data collection rule.')
output ruleId string = ingestion.outputs.immutableId

@description('Address of the container with the state of scans.')
output stateUrl string = storage.outputs.stateUrl
