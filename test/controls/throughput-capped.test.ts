import { throughputCapped } from '../../src/controls/throughput-capped.ts';
import { account } from '../support/builders.ts';
import { specify } from '../support/specify.ts';

specify(throughputCapped, {
  passes: [{ when: 'there is a limit', given: { account: account({ throughputLimit: 4000 }) }, observing: { totalThroughputLimit: 4000 } }],
  fails: [{ when: 'there is none', given: { account: account({ throughputLimit: null }) }, says: "The account's throughput has no limit." }],
  doesNotApply: [{ when: 'the account is serverless', given: { account: account({ throughputLimit: null, serverless: true }) }, because: 'A serverless account has no provisioned throughput to limit.' }],
});
