import { serviceManagedFailover } from '../../src/controls/service-managed-failover.ts';
import type { Account } from '../../src/core/account.ts';
import { account, region } from '../support/builders.ts';
import { specify } from '../support/specify.ts';
import { stops } from '../support/stops.ts';

const having = (differences: Partial<Account>) => ({ account: account(differences) });

specify(serviceManagedFailover, {
  passes: [{ when: 'it is on', given: having({}), observing: { regions: ['West Europe', 'North Europe'], enableAutomaticFailover: true, enableMultipleWriteLocations: false } }],
  fails: [{ when: 'it is off', given: having({ automaticFailover: false }), says: 'service-managed failover is off, with 2 regions.' }],
  doesNotApply: [
    { when: 'there is one region', given: having({ automaticFailover: false, regions: [region()] }), because: 'one region, so there is none to fail over to' },
    { when: 'there is one region and it is on', given: having({ regions: [region()] }), because: 'one region' },
    { when: 'the account writes to several regions', given: having({ automaticFailover: false, multipleWriteRegions: true }), because: 'writes to several regions' },
  ],
});

stops(serviceManagedFailover, [{ when: 'Azure leaves the regions out', given: having({ regions: [] }), says: 'left the regions of account orders out' }]);
