// Everything of the monitor in a resource group of its own: what `azd up` deploys.
// For an existing resource group deploy resources.bicep: `az deployment group create`.
targetScope = 'subscription'

@minLength(1)
@maxLength(64)
@description('Name of the environment; names of all resources come from it. azd: AZURE_ENV_NAME.')
param environmentName string

@minLength(1)
@description('Azure region. Flex Consumption has to be offered there: `az functionapp list-flexconsumption-locations`.')
param location string

@description('Name of the resource group that is created.')
param resourceGroupName string = 'rg-${environmentName}'

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

var allTags = union(tags, { 'azd-env-name': environmentName })

// The resource group that holds everything; deleting it removes the monitor.
resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: resourceGroupName
  location: location
  tags: allTags
}

// The monitor itself.
module resources 'resources.bicep' = {
  name: 'cosmos-compliance'
  scope: group
  params: {
    environmentName: environmentName
    location: location
    tags: allTags
    schedule: schedule
    managementGroup: managementGroup
    includeSubscriptions: includeSubscriptions
    excludeSubscriptions: excludeSubscriptions
    concurrency: concurrency
    baselineUrl: baselineUrl
    fullEmissionHours: fullEmissionHours
    nodeVersion: nodeVersion
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    durableBackend: durableBackend
    schedulerSku: schedulerSku
    workspaceId: workspaceId
    retentionDays: retentionDays
    totalRetentionDays: totalRetentionDays
    dailyCapGb: dailyCapGb
    alertEmails: alertEmails
    alertWebhookUri: alertWebhookUri
    alertWebhookEntra: alertWebhookEntra
    actionGroupIds: actionGroupIds
    disabledAlerts: disabledAlerts
    missingAfterHours: missingAfterHours
    silenceWindow: silenceWindow
    scanRequesters: scanRequesters
    privateNetworking: privateNetworking
    virtualNetworkPrefix: virtualNetworkPrefix
    createPrivateDnsZones: createPrivateDnsZones
    natGateway: natGateway
  }
}

@description('Region, for azd.')
output AZURE_LOCATION string = location

@description('Resource group, for azd.')
output AZURE_RESOURCE_GROUP string = group.name

@description('Name of the function app, for azd and for `az functionapp`.')
output SERVICE_SCANNER_NAME string = resources.outputs.scannerName

@description('Principal id of the identity that reads Azure: the principalId of management-group.bicep and subscription-reader.bicep.')
output IDENTITY_PRINCIPAL_ID string = resources.outputs.identityPrincipalId

@description('Resource id of the Log Analytics workspace.')
output LOG_ANALYTICS_WORKSPACE_ID string = resources.outputs.workspaceId

@description('Resource id of the workbook.')
output WORKBOOK_ID string = resources.outputs.workbookId

@description('Ingestion endpoint: LOGS_INGESTION_ENDPOINT of a terminal that publishes.')
output LOGS_INGESTION_ENDPOINT string = resources.outputs.ingestionEndpoint

@description('Immutable id of the data collection rule: LOGS_RULE_ID of a terminal that publishes.')
output LOGS_RULE_ID string = resources.outputs.ruleId

@description('Address of the container with the state of scans.')
output STATE_URL string = resources.outputs.stateUrl
