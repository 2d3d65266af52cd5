import { exposureNotLatent } from '../../src/controls/exposure-not-latent.ts';
import { exposure } from '../support/builders.ts';
import { specify } from '../support/specify.ts';

specify(exposureNotLatent, {
  passes: [
    { when: 'nothing is latent', given: { exposure: exposure({ latent: [] }) }, observing: { latent: [] } },
    {
      when: 'only bypass resources are, which another control answers',
      given: { exposure: exposure({ latent: ['bypassResources'] }) },
      observing: { latent: ['bypassResources'] },
    },
    { when: 'the account is public anyway, which another control answers', given: { exposure: exposure({ reach: 'internet', latent: [] }) } },
  ],
  fails: [
    {
      when: 'only the last private endpoint keeps it closed',
      given: { exposure: exposure({ reach: 'privateOnly', latent: ['lastPrivateEndpoint'] }) },
      says: 'opens to the whole Internet when its last approved private endpoint goes',
    },
    { when: 'a Learning association is over Disabled', given: { exposure: exposure({ latent: ['learningOpensDisabled'] }) }, says: 'not Enforced (Learning or Audit)' },
    { when: 'a risk stands behind bypass resources', given: { exposure: exposure({ latent: ['bypassResources', 'learningOpensDisabled'] }) }, says: 'Disabled, yet' },
  ],
});
