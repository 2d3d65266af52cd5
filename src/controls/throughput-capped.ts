import { control, fail, notApplicable, pass } from '../core/control.ts';
import { unsupported } from './applicability.ts';

export const throughputCapped = control({
  id: 'throughput-capped',
  scope: 'account',
  title: 'The throughput that can be provisioned in the account is limited.',
  severity: 'info',
  rationale: 'Whoever may create containers or raise throughput spends money by it, an intruder or a loop in a script included. A limit over the whole account stops that before the bill does.',
  remediation: {
    text: 'Set a limit above what the account needs at its peak. Creating a container then takes an explicit throughput.',
    cli: 'az resource update --ids <account-id> --set properties.capacity.totalThroughputLimit=4000',
    bicep: 'properties: {\n  capacity: {\n    totalThroughputLimit: 4000\n  }\n}',
  },
  references: ['https://learn.microsoft.com/azure/cosmos-db/limit-total-account-throughput'],
  requirements: ['ASB NS-4'],
  notApplicableWhen: 'the account is serverless',
  needs: ['account'],
  evaluate({ account }) {
    const { throughputLimit } = account;
    const observed = { totalThroughputLimit: throughputLimit };
    const reason = unsupported('throughputLimit', account);
    if (reason !== null) return notApplicable(reason, observed);
    return throughputLimit === null ? fail("The account's throughput has no limit.", observed) : pass(observed);
  },
});
