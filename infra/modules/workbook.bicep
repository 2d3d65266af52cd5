// The workbook that shows what is in the tables.

@description('Azure region.')
param location string

@description('Tags of the workbook.')
param tags object

@description('Resource id of the workspace that it reads.')
param workspaceId string

// Written by `npm run docs`; <workspace-id> in it stands for the workspace. As JSON, because a text may not be as long.
var content = loadJsonContent('../workbook.json')

// Shared: everybody who may read the resource group sees it. A deployment replaces what somebody changed in the portal.
resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, 'cosmos-compliance-workbook')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    category: 'workbook'
    displayName: 'Cosmos DB compliance'
    serializedData: replace(string(content), '<workspace-id>', workspaceId)
    sourceId: workspaceId
    version: 'Notebook/1.0'
  }
}

@description('Resource id of the workbook.')
output id string = workbook.id
