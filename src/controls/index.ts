import type { Control, ControlInfo, ManualControl } from '../core/control.ts';
import { backupGeoRedundant } from './backup-geo-redundant.ts';
import { backupRetentionSufficient } from './backup-retention-sufficient.ts';
import { bypassResourcesTrusted } from './bypass-resources-trusted.ts';
import { cassandraClusterAuthenticationOn } from './cassandra-cluster-authentication-on.ts';
import { classificationTagPresent } from './classification-tag-present.ts';
import { clusterLogsCollected } from './cluster-logs-collected.ts';
import { conditionalAccessInPlace } from './conditional-access-in-place.ts';
import { continuousBackup } from './continuous-backup.ts';
import { controlPlaneLogsCollected } from './control-plane-logs-collected.ts';
import { controlPlaneRolesLeastPrivilege } from './control-plane-roles-least-privilege.ts';
import { corsNoWildcard } from './cors-no-wildcard.ts';
import { credentialScanningInPlace } from './credential-scanning-in-place.ts';
import { customerManagedKeyHealthy } from './customer-managed-key-healthy.ts';
import { customerManagedKeyUsed } from './customer-managed-key-used.ts';
import { dataPlaneLogsCollected } from './data-plane-logs-collected.ts';
import { dataPlaneRolesAssigned } from './data-plane-roles-assigned.ts';
import { dataPlaneRolesLeastPrivilege } from './data-plane-roles-least-privilege.ts';
import { mapsOf } from './data/framework-maps.ts';
import { ddosProtectionEnabled } from './ddos-protection-enabled.ts';
import { defenderForCosmosDbEnabled } from './defender-for-cosmos-db-enabled.ts';
import { deleteLockPresent } from './delete-lock-present.ts';
import { edgeProtectionInPlace } from './edge-protection-in-place.ts';
import { exposureNotLatent } from './exposure-not-latent.ts';
import { exposureNotPublic } from './exposure-not-public.ts';
import { failoverPrioritiesComplete } from './failover-priorities-complete.ts';
import { firewallNoAzureDatacenters } from './firewall-no-azure-datacenters.ts';
import { firewallNoInternetRange } from './firewall-no-internet-range.ts';
import { firewallPortalAddresses } from './firewall-portal-addresses.ts';
import { firewallRangesApproved } from './firewall-ranges-approved.ts';
import { firewallRangesNarrow } from './firewall-ranges-narrow.ts';
import { firewallThreatIntelligence } from './firewall-threat-intelligence.ts';
import { flowLogsEnabled } from './flow-logs-enabled.ts';
import { identityLogsCollected } from './identity-logs-collected.ts';
import { incidentProcessRehearsed } from './incident-process-rehearsed.ts';
import { keyMetadataWritesDisabled } from './key-metadata-writes-disabled.ts';
import { keyOperationsAlerted } from './key-operations-alerted.ts';
import { keyVaultPerimeterNotLeftOpen } from './key-vault-perimeter-not-left-open.ts';
import { keysRotated } from './keys-rotated.ts';
import { keysUnused } from './keys-unused.ts';
import { legacyAccessGoverned } from './legacy-access-governed.ts';
import { localAuthDisabled } from './local-auth-disabled.ts';
import { managedIdentityAssigned } from './managed-identity-assigned.ts';
import { mfaRequired } from './mfa-required.ts';
import { minimumTls12 } from './minimum-tls-1-2.ts';
import { mongoClusterEntraIdAllowed } from './mongo-cluster-entra-id-allowed.ts';
import { mongoClusterHighlyAvailable } from './mongo-cluster-highly-available.ts';
import { mongoClusterNetworkRestricted } from './mongo-cluster-network-restricted.ts';
import { mongoUsersLeastPrivilege } from './mongo-users-least-privilege.ts';
import { multipleRegions } from './multiple-regions.ts';
import { nsgRulesUseServiceTags } from './nsg-rules-use-service-tags.ts';
import { perimeterAssociated } from './perimeter-associated.ts';
import { perimeterCoversKeyVault } from './perimeter-covers-key-vault.ts';
import { perimeterEnforced } from './perimeter-enforced.ts';
import { perimeterFeaturesSupported } from './perimeter-features-supported.ts';
import { perimeterHealthy } from './perimeter-healthy.ts';
import { perimeterIdentityPresent } from './perimeter-identity-present.ts';
import { perimeterInUse } from './perimeter-in-use.ts';
import { perimeterInboundNarrow } from './perimeter-inbound-narrow.ts';
import { perimeterInboundSubscriptionsTrusted } from './perimeter-inbound-subscriptions-trusted.ts';
import { perimeterLinksNarrow } from './perimeter-links-narrow.ts';
import { perimeterLogsCollected } from './perimeter-logs-collected.ts';
import { perimeterOutboundNarrow } from './perimeter-outbound-narrow.ts';
import { privateDnsRecordsCurrent } from './private-dns-records-current.ts';
import { privateDnsZoneLinked } from './private-dns-zone-linked.ts';
import { privateDnsZoneLocked } from './private-dns-zone-locked.ts';
import { privateEndpointApproved } from './private-endpoint-approved.ts';
import { privateEndpointCoversApi } from './private-endpoint-covers-api.ts';
import { privateEndpointNoStaleRequests } from './private-endpoint-no-stale-requests.ts';
import { privateEndpointsTrusted } from './private-endpoints-trusted.ts';
import { privateNetworksConnected } from './private-networks-connected.ts';
import { publicAccessSecuredByPerimeter } from './public-access-secured-by-perimeter.ts';
import { queryTextNotLogged } from './query-text-not-logged.ts';
import { readOnlyKeysRotated } from './read-only-keys-rotated.ts';
import { regionsAllowed } from './regions-allowed.ts';
import { requestDatesValid } from './request-dates-valid.ts';
import { resourceTokensScoped } from './resource-tokens-scoped.ts';
import { serviceManagedFailover } from './service-managed-failover.ts';
import { ssoRequired } from './sso-required.ts';
import { subnetsHaveNsg } from './subnets-have-nsg.ts';
import { throughputCapped } from './throughput-capped.ts';
import { trustedServicesBypassOff } from './trusted-services-bypass-off.ts';
import { virtualNetworkRulesEffective } from './virtual-network-rules-effective.ts';
import { zoneRedundant } from './zone-redundant.ts';

/** Every control that judges an account, sorted by id. */
export const accountControls: readonly Control<'account'>[] = [
  backupGeoRedundant,
  backupRetentionSufficient,
  bypassResourcesTrusted,
  classificationTagPresent,
  continuousBackup,
  controlPlaneLogsCollected,
  controlPlaneRolesLeastPrivilege,
  corsNoWildcard,
  customerManagedKeyHealthy,
  customerManagedKeyUsed,
  dataPlaneLogsCollected,
  dataPlaneRolesAssigned,
  dataPlaneRolesLeastPrivilege,
  ddosProtectionEnabled,
  defenderForCosmosDbEnabled,
  deleteLockPresent,
  exposureNotLatent,
  exposureNotPublic,
  failoverPrioritiesComplete,
  firewallNoAzureDatacenters,
  firewallNoInternetRange,
  firewallPortalAddresses,
  firewallRangesApproved,
  firewallRangesNarrow,
  flowLogsEnabled,
  keyMetadataWritesDisabled,
  keyVaultPerimeterNotLeftOpen,
  keysRotated,
  keysUnused,
  localAuthDisabled,
  managedIdentityAssigned,
  minimumTls12,
  mongoUsersLeastPrivilege,
  multipleRegions,
  nsgRulesUseServiceTags,
  perimeterAssociated,
  perimeterCoversKeyVault,
  perimeterEnforced,
  perimeterFeaturesSupported,
  perimeterHealthy,
  perimeterIdentityPresent,
  privateDnsRecordsCurrent,
  privateDnsZoneLinked,
  privateEndpointApproved,
  privateEndpointCoversApi,
  privateEndpointNoStaleRequests,
  privateEndpointsTrusted,
  publicAccessSecuredByPerimeter,
  queryTextNotLogged,
  readOnlyKeysRotated,
  regionsAllowed,
  serviceManagedFailover,
  subnetsHaveNsg,
  throughputCapped,
  trustedServicesBypassOff,
  virtualNetworkRulesEffective,
  zoneRedundant,
];

/** Every control that judges a MongoDB or Cassandra cluster, sorted by id. */
export const clusterControls: readonly Control<'cluster'>[] = [
  cassandraClusterAuthenticationOn,
  clusterLogsCollected,
  mongoClusterEntraIdAllowed,
  mongoClusterHighlyAvailable,
  mongoClusterNetworkRestricted,
];

/** Every control that judges a network security perimeter, sorted by id. */
export const perimeterControls: readonly Control<'perimeter'>[] = [
  perimeterInUse,
  perimeterInboundNarrow,
  perimeterInboundSubscriptionsTrusted,
  perimeterLinksNarrow,
  perimeterLogsCollected,
  perimeterOutboundNarrow,
];

/** Every control that judges a subscription with accounts, sorted by id. */
export const subscriptionControls: readonly Control<'subscription'>[] = [
  keyOperationsAlerted,
  privateDnsZoneLocked,
];

/** Every control that people check for the whole tenant, sorted by id. */
export const tenantControls: readonly ManualControl[] = [
  conditionalAccessInPlace,
  credentialScanningInPlace,
  edgeProtectionInPlace,
  firewallThreatIntelligence,
  identityLogsCollected,
  incidentProcessRehearsed,
  legacyAccessGoverned,
  mfaRequired,
  privateNetworksConnected,
  requestDatesValid,
  resourceTokensScoped,
  ssoRequired,
];

/** Every control, whatever it judges, with its maps; sorted by id. */
export const allControls: readonly ControlInfo[] = [...accountControls, ...clusterControls, ...perimeterControls, ...subscriptionControls, ...tenantControls]
  .map(withMaps)
  .toSorted((a, b) => (a.id < b.id ? -1 : 1));

function withMaps(control: ControlInfo): ControlInfo {
  const maps = mapsOf(control.id);
  return maps ? { ...control, maps } : control;
}
