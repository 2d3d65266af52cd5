import { expect, test } from 'vitest';
import { perimeterEnforced } from '../../src/controls/perimeter-enforced.ts';
import { known, unknown } from '../../src/core/fact.ts';
import type { AccessMode } from '../../src/core/perimeter.ts';
import { accountFacts, association, organisation, side } from '../support/builders.ts';
import { specify } from '../support/specify.ts';

const inMode = (accessMode: AccessMode) => known(side({ accessMode }));
const unread = unknown('denied', 'Denied.');

specify(perimeterEnforced, {
  passes: [
    {
      when: 'both sides say Enforced',
      given: { associations: [association()] },
      observing: { associations: [{ perimeter: 'production', byAccount: 'Enforced', byPerimeter: 'Enforced' }] },
    },
    {
      when: 'the one side that was read does',
      given: { associations: [{ ...association(), perimeter: unread }] },
      observing: { associations: [{ perimeter: 'production', byAccount: 'Enforced', byPerimeter: 'not known (denied)' }] },
    },
  ],
  fails: [
    {
      when: 'both sides say Learning',
      given: { associations: [association({ accessMode: 'Learning' })] },
      says: 'Not Enforced: perimeter production is in mode Learning',
      observing: { associations: [{ perimeter: 'production', byAccount: 'Learning', byPerimeter: 'Learning' }] },
    },
    { when: 'it is Audit, which blocks nothing', given: { associations: [association({ accessMode: 'Audit' })] }, says: 'in mode Audit.' },
    { when: "the account's side says Learning", given: { associations: [{ ...association(), account: inMode('Learning') }] }, says: 'by one of its two sides' },
    { when: "the perimeter's side says Learning", given: { associations: [{ ...association(), perimeter: inMode('Learning') }] }, says: 'by one of its two sides' },
    { when: 'one of two associations is not', given: { associations: [association(), association({ accessMode: 'Learning' })] }, says: 'Learning' },
    {
      when: 'the mode is newer than this program',
      given: { associations: [association({ accessMode: { unrecognised: 'Lockdown' } })] },
      says: '"Lockdown", which this version does not know',
    },
    {
      when: 'the account has no configuration of it',
      given: { associations: [{ ...association(), account: known(null) }] },
      says: 'which has no configuration of it',
      observing: { associations: [{ perimeter: 'production', byAccount: null, byPerimeter: 'Enforced' }] },
    },
    { when: 'the perimeter does not list the account', given: { associations: [{ ...association(), perimeter: known(null) }] }, says: 'which does not list the account' },
  ],
  doesNotApply: [{ when: 'the account is in no perimeter', given: { associations: [] }, because: 'in no network security perimeter' }],
});

test('an association of which no side was read stops the control instead of passing', () => {
  const associations = [{ ...association(), account: unread, perimeter: unread }];
  const context = { now: new Date(0), parameters: {}, organisation: organisation() };
  expect(() => perimeterEnforced.judge(accountFacts({ associations }), context)).toThrow('Neither side of the association with perimeter production was read.');
});
