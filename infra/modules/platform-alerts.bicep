// Alerts on metrics of the platform. They fire whatever is in the tables, and when nothing is.

@description('Ending of all names.')
param suffix string

@description('Tags of every rule.')
param tags object

@description('Resource id of the data collection rule.')
param ruleId string

@description('Resource ids of the action groups that are told.')
param actionGroupIds string[]

@description('Ids of rules that are switched off.')
param disabledAlerts string[]

@allowed([
  'PT1H'
  'PT6H'
  'PT12H'
  'P1D'
  'off'
])
@description('Time without any delivery after which the silence alert fires; off: it is switched off.')
param silenceWindow string

var actions = [for id in actionGroupIds: {
  actionGroupId: id
}]

// No delivery at all: the app does not run, cannot sign in or cannot reach the endpoint. Every scan sends at least its
// closing row.
// https://learn.microsoft.com/azure/azure-monitor/reference/supported-metrics/microsoft-insights-datacollectionrules-metrics
resource silence 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'ccm-silence-${suffix}'
  location: 'global'
  tags: tags
  properties: {
    description: 'No row of a scan arrived within ${silenceWindow}. Runbook: infra/README.md, "A scan did not run".'
    severity: 1
    enabled: silenceWindow != 'off' && !contains(disabledAlerts, 'silence')
    scopes: [
      ruleId
    ]
    evaluationFrequency: 'PT1H'
    windowSize: silenceWindow == 'off' ? 'P1D' : silenceWindow
    autoMitigate: true
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          name: 'deliveries'
          criterionType: 'StaticThresholdCriterion'
          metricNamespace: 'Microsoft.Insights/datacollectionrules'
          metricName: 'ApiCallReceived_Count'
          timeAggregation: 'Count'
          operator: 'LessThan'
          threshold: 1
          skipMetricValidation: true
        }
      ]
    }
    actions: actions
  }
}

// Rows that arrived and are in no table. The log alert tells why; this one does not need its table.
resource dropped 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'ccm-rows-dropped-${suffix}'
  location: 'global'
  tags: tags
  properties: {
    description: 'Rows were dropped by the data collection rule. Runbook: infra/README.md, "Rows were dropped".'
    severity: 2
    enabled: !contains(disabledAlerts, 'metric-rows-dropped')
    scopes: [
      ruleId
    ]
    evaluationFrequency: 'PT15M'
    windowSize: 'PT1H'
    autoMitigate: true
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          name: 'dropped'
          criterionType: 'StaticThresholdCriterion'
          metricNamespace: 'Microsoft.Insights/datacollectionrules'
          metricName: 'RowsDropped_Count'
          timeAggregation: 'Total'
          operator: 'GreaterThan'
          threshold: 0
          skipMetricValidation: true
        }
      ]
    }
    actions: actions
  }
}
