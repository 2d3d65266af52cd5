/** Of the resources that the builders make. Apart from them, so that builders may import each other. */
export const subscriptionId = '11111111-1111-1111-1111-111111111111';
export const otherSubscriptionId = '22222222-2222-2222-2222-222222222222';
export const foreignSubscriptionId = '99999999-9999-9999-9999-999999999999';
export const accountId = `/subscriptions/${subscriptionId}/resourceGroups/data/providers/Microsoft.DocumentDB/databaseAccounts/orders`;
export const perimeterId = `/subscriptions/${subscriptionId}/resourceGroups/network/providers/Microsoft.Network/networkSecurityPerimeters/production`;
export const subnetId = `/subscriptions/${subscriptionId}/resourceGroups/network/providers/Microsoft.Network/virtualNetworks/hub/subnets/apps`;
export const workspaceId = `/subscriptions/${subscriptionId}/resourceGroups/logs/providers/Microsoft.OperationalInsights/workspaces/security`;
export const endpointId = `/subscriptions/${subscriptionId}/resourceGroups/network/providers/Microsoft.Network/privateEndpoints/orders`;
