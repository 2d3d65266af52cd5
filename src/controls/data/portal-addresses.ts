/** Addresses of the services behind the Azure portal's pages for Cosmos DB, in one cloud. */
export interface PortalAddresses {
  /** For accounts of every API. */
  readonly all: readonly string[];
  /** Besides, for accounts of one API. */
  readonly mongodb: readonly string[];
  readonly cassandra: readonly string[];
  /** Of the infrastructure before 2024; nobody needs them any more. */
  readonly retired: readonly string[];
}

/** The date of the documentation page that the lists are from. */
export const portalAddressesAsOf = '2025-08-28';

/**
 * By cloud. A cloud that is not here has no documented list.
 * @see https://learn.microsoft.com/azure/cosmos-db/how-to-configure-firewall#azure-portal-middleware-ip-addresses
 */
export const portalAddresses: Readonly<Record<string, PortalAddresses>> = {
  public: {
    all: ['13.91.105.215', '4.210.172.107', '13.88.56.148', '40.91.218.243'],
    mongodb: ['20.245.81.54', '40.118.23.126', '40.80.152.199', '13.95.130.121'],
    cassandra: ['40.113.96.14', '104.42.11.145', '137.117.230.240', '168.61.72.237'],
    retired: ['104.42.195.92', '40.76.54.131', '52.176.6.30', '52.169.50.45', '52.187.184.26'],
  },
  usgovernment: {
    all: ['52.247.163.6', '52.244.134.181'],
    mongodb: ['52.244.176.112', '52.247.148.42'],
    cassandra: ['52.244.50.101', '52.227.165.24'],
    retired: ['52.244.48.71', '52.176.6.30', '52.169.50.45', '52.187.184.26'],
  },
  china: {
    all: ['163.228.137.6', '143.64.170.142'],
    mongodb: ['52.131.240.99', '143.64.61.130'],
    cassandra: ['40.73.99.146', '143.64.62.47'],
    retired: ['139.217.8.252', '52.176.6.30', '52.169.50.45', '52.187.184.26'],
  },
};
