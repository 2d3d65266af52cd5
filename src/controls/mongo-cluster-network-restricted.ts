import { control, fail, notApplicable, pass } from '../core/control.ts';
import { coversInternet, union } from '../exposure/address-set.ts';
import { cut, listed } from './support.ts';

/** A cluster without rules admits nobody over the public endpoint. */
export const mongoClusterNetworkRestricted = control({
  id: 'mongo-cluster-network-restricted',
  scope: 'cluster',
  title: 'The MongoDB cluster takes no public traffic, or only from listed addresses.',
  severity: 'critical',
  rationale:
    'A cluster that everybody can reach is one password away from everybody. The rule 0.0.0.0 admits every machine in Azure, those of other customers included, which are for anybody to rent.',
  remediation: {
    text: 'Reach the cluster through a private endpoint and set publicNetworkAccess to Disabled; or delete the rules that cover the Internet and the one for Azure services, and list the addresses that need access.',
    cli: 'az resource update --ids <cluster-id> --set properties.publicNetworkAccess=Disabled',
    bicep: "resource cluster 'Microsoft.DocumentDB/mongoClusters@2025-09-01' = {\n  name: '<cluster>'\n  location: location\n  properties: {\n    publicNetworkAccess: 'Disabled'\n  }\n}",
  },
  references: [
    'https://learn.microsoft.com/azure/cosmos-db/mongodb/vcore/security',
    'https://learn.microsoft.com/azure/templates/microsoft.documentdb/mongoclusters/firewallrules',
  ],
  requirements: ['ASB NS-1', 'SEC network-security'],
  notApplicableWhen: 'the cluster is one of Managed Instance for Apache Cassandra, which has no public endpoint',
  needs: ['cluster', 'clusterFirewall'],
  evaluate({ cluster, clusterFirewall }) {
    if (cluster.kind !== 'mongo') return notApplicable('A Cassandra cluster lives inside a virtual network and has no public endpoint.', { kind: cluster.kind });
    const { publicNetworkAccess } = cluster;
    if (typeof publicNetworkAccess !== 'string') throw new Error(`publicNetworkAccess is "${publicNetworkAccess.unrecognised}", which this program does not know.`);
    if (publicNetworkAccess === 'Disabled') return pass({ publicNetworkAccess });
    const rules = clusterFirewall.map(({ name, range }) => `${name} ${range.text}`);
    const observed = { publicNetworkAccess, rules: cut(rules) };
    if (coversInternet(union(clusterFirewall.map(({ range }) => range)))) return fail(`The firewall admits the whole Internet: ${listed(rules)}.`, observed);
    const azure = clusterFirewall.find(({ range }) => range.first === 0n && range.last === 0n);
    if (azure) return fail(`Rule ${azure.name} (0.0.0.0) admits every machine in Azure, other customers' included.`, observed);
    return pass(observed);
  },
});
