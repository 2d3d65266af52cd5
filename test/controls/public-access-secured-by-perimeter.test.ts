import { publicAccessSecuredByPerimeter } from '../../src/controls/public-access-secured-by-perimeter.ts';
import { known } from '../../src/core/fact.ts';
import { account, association } from '../support/builders.ts';
import { specify } from '../support/specify.ts';

const associations = [association()];
const newer = account({ publicNetworkAccess: { unrecognised: 'SecuredByRegion' } });

specify(publicAccessSecuredByPerimeter, {
  passes: [
    {
      when: 'an associated account is SecuredByPerimeter',
      given: { account: account({ publicNetworkAccess: 'SecuredByPerimeter' }), associations },
      observing: { publicNetworkAccess: 'SecuredByPerimeter', perimeters: ['production'] },
    },
    { when: 'an associated account is Disabled', given: { account: account({ publicNetworkAccess: 'Disabled' }), associations } },
  ],
  fails: [
    {
      when: 'an associated account is Enabled',
      given: { account: account({ publicNetworkAccess: 'Enabled' }), associations },
      says: 'Enabled although the account is in perimeter production',
    },
    {
      when: 'an associated account has a value newer than this program',
      given: { account: newer, associations },
      says: '"SecuredByRegion", which this version does not know',
    },
    {
      when: 'an account in no perimeter is SecuredByPerimeter',
      given: { account: account({ publicNetworkAccess: 'SecuredByPerimeter' }), associations: [] },
      says: 'but the account is in no perimeter: nobody gets in',
    },
    {
      when: 'it is SecuredByPerimeter and only the perimeter knows of the association',
      given: { account: account({ publicNetworkAccess: 'SecuredByPerimeter' }), associations: [{ ...association(), account: known(null) }] },
      says: 'perimeter production lists the account, which has no configuration of it',
    },
    {
      when: 'it is Enabled and only the perimeter knows of the association',
      given: { account: account({ publicNetworkAccess: 'Enabled' }), associations: [{ ...association(), account: known(null) }] },
      says: 'Enabled although',
    },
  ],
  doesNotApply: [
    {
      when: 'the account is Enabled and in no perimeter',
      given: { account: account({ publicNetworkAccess: 'Enabled' }), associations: [] },
      because: 'in no network security perimeter',
    },
    {
      when: 'the account is Disabled and in no perimeter',
      given: { account: account({ publicNetworkAccess: 'Disabled' }), associations: [] },
      because: 'in no network security perimeter',
    },
    {
      when: 'the value is newer than this program and there is no perimeter',
      given: { account: newer, associations: [] },
      because: 'in no network security perimeter',
      observing: { publicNetworkAccess: 'SecuredByRegion' },
    },
  ],
});
