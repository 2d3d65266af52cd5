import { perimeterLinksNarrow } from '../../src/controls/perimeter-links-narrow.ts';
import { foreignSubscriptionId, link, otherSubscriptionId } from '../support/builders.ts';
import { specify } from '../support/specify.ts';

const foreignPerimeterId = `/subscriptions/${foreignSubscriptionId}/resourceGroups/network/providers/Microsoft.Network/networkSecurityPerimeters/shop`;

specify(perimeterLinksNarrow, {
  passes: [
    { when: 'the link is approved, names a profile and leads to a subscription of the tenant', given: { links: [link()] }, observing: { links: 1, problems: [] } },
    { when: 'the status is written differently', given: { links: [link({ status: 'approved' })] } },
    {
      when: 'the remote subscription is trusted',
      given: { links: [link({ remotePerimeterId: foreignPerimeterId })] },
      organisation: { trustedSubscriptions: new Set([foreignSubscriptionId]) },
    },
    { when: 'all profiles may go out, which Azure sets and nobody can change', given: { links: [link({ localOutboundProfiles: ['*'] })] } },
    { when: 'the remote side opens all of its profiles, which is its own affair', given: { links: [link({ remoteInboundProfiles: ['*'] })] } },
    {
      when: 'the remote perimeter is named by GUID and a link the other way tells whose it is',
      given: { links: [link({ remotePerimeterId: null }), link({ direction: 'incoming', name: 'back', remotePerimeterGuid: 'AAAAAAAA-0000-0000-0000-000000000001' })] },
    },
  ],
  fails: [
    { when: 'a link is pending', given: { links: [link(), link({ name: 'new', status: 'Pending' })] }, says: 'outgoing link new is Pending, not Approved.' },
    {
      when: 'an outgoing link opens every profile',
      given: { links: [link({ localInboundProfiles: ['default', '*'] })] },
      says: 'outgoing link partner lets the remote perimeter into every profile (*)',
    },
    {
      when: 'an incoming link does',
      given: { links: [link({ direction: 'incoming', localInboundProfiles: ['*'] })] },
      says: 'incoming link partner lets the remote perimeter into every profile (*)',
    },
    {
      when: 'every profile may go out and that is judged',
      given: { links: [link({ localOutboundProfiles: ['*'] })] },
      parameters: { judgeOutboundProfiles: true },
      says: 'lets every profile (*) out',
    },
    {
      when: "it leads to somebody else's subscription",
      given: { links: [link({ remotePerimeterId: foreignPerimeterId })] },
      says: `leads to perimeter shop in subscription ${foreignSubscriptionId}, which is neither of the tenant nor trusted`,
    },
    {
      when: 'the remote perimeter is named by GUID only',
      given: { links: [link({ remotePerimeterId: null })] },
      says: 'by GUID only (aaaaaaaa-0000-0000-0000-000000000001), so whose it is cannot be told',
    },
    {
      when: 'it is not named at all',
      given: { links: [link({ remotePerimeterId: null, remotePerimeterGuid: null }), link({ name: 'known' })] },
      says: 'by GUID only (none)',
    },
    {
      when: "a link the other way tells that the GUID is somebody else's",
      given: { links: [link({ remotePerimeterId: null }), link({ direction: 'incoming', name: 'back', remotePerimeterId: foreignPerimeterId })] },
      says: 'outgoing link partner leads to perimeter shop',
    },
    {
      when: 'another GUID is known, not this one',
      given: { links: [link({ remotePerimeterId: null }), link({ name: 'known', remotePerimeterGuid: otherSubscriptionId })] },
      says: 'by GUID only',
    },
  ],
  doesNotApply: [{ when: 'there are no links', given: { links: [] }, because: 'has no links' }],
});
