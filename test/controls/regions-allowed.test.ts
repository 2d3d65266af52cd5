import { expect, test } from 'vitest';
import { regionsAllowed } from '../../src/controls/regions-allowed.ts';
import { account, accountFacts, organisation, region } from '../support/builders.ts';
import { specify } from '../support/specify.ts';

const having = (...names: string[]) => ({ account: account({ regions: names.map(name => region({ name })) }) });
const europe = { allowedRegions: ['westeurope', 'North Europe'] };

specify(regionsAllowed, {
  passes: [
    { when: 'every region is allowed, however it is written', given: having('West Europe', 'northeurope'), organisation: europe, observing: { regions: ['West Europe', 'northeurope'], outside: [] } },
    { when: 'one of those allowed is used', given: having('North Europe'), organisation: europe },
  ],
  fails: [
    { when: 'one is not', given: having('West Europe', 'East US'), organisation: europe, says: 'Data is in regions that are not allowed: East US.', observing: { outside: ['East US'], allowedRegions: ['westeurope', 'North Europe'] } },
    { when: 'the name only begins like an allowed one', given: having('West Europe 2'), organisation: europe, says: 'West Europe 2' },
    { when: 'none is', given: having('East US', 'West US'), organisation: europe, says: 'East US, West US.' },
  ],
  doesNotApply: [{ when: 'nothing is allowed or forbidden', given: having('East US'), because: 'has not given allowed regions', observing: { regions: ['East US'] } }],
});

test('an account without regions stops the control instead of passing', () => {
  const context = { now: new Date(0), parameters: {}, organisation: organisation(europe) };
  expect(() => regionsAllowed.judge(accountFacts(having()), context)).toThrow('left the regions of account orders out');
});
