/** Facts about the networks that an account's virtual network rules and approved private endpoints use. */
export interface NetworkFacts {
  readonly networks: readonly AccountNetwork[];
  /** Those of the subnets in use. */
  readonly securityGroups: readonly SecurityGroup[];
  /** Those of the regions that the networks are in. */
  readonly flowLogs: readonly FlowLog[];
  /** Those that resources in the networks have. */
  readonly publicAddresses: readonly PublicAddress[];
}

/** A virtual network, as far as it matters to the accounts that it connects. */
export interface VirtualNetwork {
  readonly id: string;
  /** Region, as `westeurope`. */
  readonly location: string;
  readonly addressPrefixes: readonly string[];
  /** Empty = Azure's own DNS. */
  readonly dnsServers: readonly string[];
  /** A DDoS protection plan covers the public addresses in it. */
  readonly ddosProtection: boolean;
  readonly subnets: readonly NetworkSubnet[];
}

export interface NetworkSubnet {
  readonly id: string;
  readonly serviceEndpoints: readonly string[];
  /** Null = no network security group. */
  readonly securityGroupId: string | null;
  /** `privateEndpointNetworkPolicies`: whether the security group holds for private endpoints too. */
  readonly endpointPolicies: string;
  /** Resources with an address in it: network interfaces, gateways, firewalls. */
  readonly residents: readonly string[];
}

/** A network that the account's virtual network rules or approved private endpoints use, with the subnets they use. */
export interface AccountNetwork extends Omit<VirtualNetwork, 'subnets'> {
  readonly subnets: readonly AccountSubnet[];
  /** Of all its subnets. */
  readonly residents: readonly string[];
}

export interface AccountSubnet extends Omit<NetworkSubnet, 'serviceEndpoints' | 'residents'> {
  /** It holds an approved private endpoint of the account; else a virtual network rule names it. */
  readonly holdsEndpoint: boolean;
}

export interface SecurityGroup {
  readonly id: string;
  /** Its own rules, without the ones that every group has by default. */
  readonly rules: readonly SecurityRule[];
}

export interface SecurityRule {
  readonly name: string;
  readonly direction: 'Inbound' | 'Outbound';
  readonly access: 'Allow' | 'Deny';
  /** `Tcp`, `Udp`, `*`, … */
  readonly protocol: string;
  /** Addresses, CIDR ranges, service tags or `*`; empty where application security groups stand in their place. */
  readonly sources: readonly string[];
  readonly destinations: readonly string[];
  /** `443`, `10000-20000` or `*`. */
  readonly destinationPorts: readonly string[];
}

/** A network watcher: there is at most one for each subscription and region. */
export interface NetworkWatcher {
  readonly id: string;
  readonly location: string;
}

export interface FlowLog {
  readonly id: string;
  /** A virtual network, subnet, network interface or security group. */
  readonly targetId: string;
  readonly enabled: boolean;
  readonly trafficAnalytics: boolean;
}

export interface PublicAddress {
  readonly id: string;
  /** The resource that has it; null where none does. */
  readonly residentId: string | null;
  /** `Enabled`: protected by itself. `VirtualNetworkInherited`: as its network is. `Disabled`: not at all. */
  readonly protection: 'Enabled' | 'Disabled' | 'VirtualNetworkInherited' | { readonly unrecognised: string };
}
