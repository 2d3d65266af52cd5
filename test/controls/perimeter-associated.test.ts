import { perimeterAssociated } from '../../src/controls/perimeter-associated.ts';
import { known, unknown } from '../../src/core/fact.ts';
import { account, association, side } from '../support/builders.ts';
import { specify } from '../support/specify.ts';

const onlyListed = { ...association(), account: known(null) };
const onlyConfigured = { ...association(), perimeter: known(null) };

specify(perimeterAssociated, {
  passes: [
    { when: 'there is an association', given: { associations: [association()] }, observing: { perimeters: ['production'] } },
    { when: 'its perimeter could not be read', given: { associations: [{ ...association(), perimeter: unknown('denied', 'Denied.') }] } },
    { when: 'one of two associations is whole', given: { associations: [onlyListed, association()] } },
    { when: 'the account serves another API and is associated', given: { account: account({ apis: ['gremlin'] }), associations: [association()] } },
    {
      when: 'the association is not Enforced, which another control answers',
      given: { associations: [{ ...association(), account: known(side({ accessMode: 'Learning' })) }] },
    },
  ],
  fails: [
    { when: 'there is none', given: { associations: [] }, says: 'in no network security perimeter' },
    { when: 'only the perimeter knows of it', given: { associations: [onlyListed] }, says: 'perimeter production lists the account, which has no configuration of it' },
    { when: 'only the account knows of it', given: { associations: [onlyConfigured] }, says: 'configuration of perimeter production, which does not list the account' },
  ],
  doesNotApply: [{ when: 'the account does not serve the NoSQL API and is in none', given: { account: account({ apis: ['mongodb'] }), associations: [] }, because: 'perimeters support the NoSQL API' }],
});
