import { perimeterHealthy } from '../../src/controls/perimeter-healthy.ts';
import { specify } from '../support/specify.ts';

const problems = Array.from({ length: 7 }, (_, i) => `Problem ${i}.`);

specify(perimeterHealthy, {
  passes: [{ when: 'there are no problems', given: { perimeterHealth: { associations: 1, problems: [] } }, observing: { associations: 1 } }],
  fails: [
    {
      when: 'there is one',
      given: { perimeterHealth: { associations: 1, problems: ["The account's side of perimeter production has provisioning state Failed."] } },
      says: "The account's side of perimeter production has provisioning state Failed.",
    },
    { when: 'there are several', given: { perimeterHealth: { associations: 2, problems } }, says: 'Problem 3. Problem 4. and 2 more', observing: { problems } },
  ],
  doesNotApply: [{ when: 'the account is in no perimeter', given: { perimeterHealth: { associations: 0, problems: [] } }, because: 'in no network security perimeter' }],
});
