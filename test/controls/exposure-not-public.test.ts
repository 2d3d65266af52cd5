import { exposureNotPublic } from '../../src/controls/exposure-not-public.ts';
import { exposure } from '../support/builders.ts';
import { specify } from '../support/specify.ts';

const explanation = 'Anyone on the Internet can reach it: ipRules 0.0.0.0/0 covers the Internet.';

specify(exposureNotPublic, {
  passes: [
    { when: 'only listed networks reach it', given: { exposure: exposure({ reach: 'selectedNetworks' }) } },
    { when: 'only perimeter rules admit', given: { exposure: exposure({ reach: 'perimeterRules' }) } },
    { when: 'only private endpoints reach it', given: { exposure: exposure({ reach: 'privateOnly' }) } },
    { when: 'nobody reaches it', given: { exposure: exposure({ reach: 'closed' }) } },
  ],
  fails: [
    { when: 'the Internet reaches it', given: { exposure: exposure({ reach: 'internet', decidedBy: 'ipRules 0.0.0.0/0', explanation }) }, says: explanation, observing: { decidedBy: 'ipRules 0.0.0.0/0' } },
    { when: 'all of Azure reaches it', given: { exposure: exposure({ reach: 'allAzure', explanation: 'Every Azure datacenter' }) }, says: 'Every Azure datacenter' },
  ],
});
