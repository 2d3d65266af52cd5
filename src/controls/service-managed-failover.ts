import { control, fail, notApplicable, pass } from '../core/control.ts';
import { regionsOf } from './regions.ts';
import { cut } from './support.ts';

export const serviceManagedFailover = control({
  id: 'service-managed-failover',
  scope: 'account',
  title: 'The service moves writes to another region when the write region fails.',
  severity: 'low',
  rationale:
    'Without it, an account with one write region takes no writes until the region is back or somebody fails over by hand, at night too. Who wants to decide about a failover themselves can exempt the account and say so.',
  remediation: {
    text: 'Turn service-managed failover on, and set the failover priorities in the order in which regions should take over.',
    cli: 'az cosmosdb update --ids <account-id> --enable-automatic-failover true',
    bicep: 'properties: {\n  enableAutomaticFailover: true\n}',
  },
  references: ['https://learn.microsoft.com/azure/cosmos-db/how-to-manage-database-account#enable-service-managed-failover-for-your-azure-cosmos-db-account'],
  requirements: ['SEC regional-failovers'],
  notApplicableWhen: 'the account has one region, or writes to several',
  needs: ['account'],
  evaluate({ account }) {
    const { automaticFailover, multipleWriteRegions } = account;
    const regions = regionsOf(account).map(({ name }) => name);
    const observed = { regions: cut(regions), enableAutomaticFailover: automaticFailover, enableMultipleWriteLocations: multipleWriteRegions };
    if (regions.length < 2) return notApplicable('The account has one region, so there is none to fail over to.', observed);
    if (multipleWriteRegions) return notApplicable('The account writes to several regions, so the others go on when one fails.', observed);
    return automaticFailover ? pass(observed) : fail(`Writes stop when the write region fails: service-managed failover is off, with ${regions.length} regions.`, observed);
  },
});
