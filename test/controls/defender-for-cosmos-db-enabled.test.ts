import { defenderForCosmosDbEnabled } from '../../src/controls/defender-for-cosmos-db-enabled.ts';
import { specify } from '../support/specify.ts';

const nothing = (tier: 'Standard' | 'Free', coverage: string | null) => ({ threatProtection: { by: 'nothing', plan: { tier, coverage } } as const });

specify(defenderForCosmosDbEnabled, {
  passes: [
    { when: 'the plan covers it', given: { threatProtection: { by: 'plan' } }, observing: { by: 'plan' } },
    { when: 'its own setting is on', given: { threatProtection: { by: 'account' } }, observing: { by: 'account' } },
  ],
  fails: [
    { when: 'both are off', given: nothing('Free', 'NotCovered'), says: "plan for Azure Cosmos DB is off, and so is the account's own protection", observing: { by: 'nothing', plan: 'Free', coverage: 'NotCovered' } },
    { when: 'the plan leaves resources out and its own setting is off', given: nothing('Standard', 'PartiallyCovered'), says: 'leaves resources out (PartiallyCovered)' },
  ],
  doesNotApply: [{ when: 'Defender does not protect its API', given: { threatProtection: { by: 'notOffered' } }, because: 'NoSQL API only' }],
});
