import { control, fail, pass } from '../core/control.ts';
import { cut, isTrusted, listed } from './support.ts';

/** Rules that name perimeters are not judged here: links make them, and `perimeter-links-narrow` judges links. */
export const perimeterInboundSubscriptionsTrusted = control({
  id: 'perimeter-inbound-subscriptions-trusted',
  scope: 'perimeter',
  title: 'Inbound rules admit only subscriptions of the tenant and trusted ones.',
  severity: 'high',
  rationale:
    'A subscription in an inbound rule lets whatever runs in it reach every resource of the profile, in every access mode. Nobody here can look into a subscription of another company, or say who gets to deploy there.',
  remediation: {
    text: 'Remove the subscription from the rule, or trust it in the baseline (trustedSubscriptions) if it belongs to a partner.',
    cli: 'az network perimeter profile access-rule update --perimeter-name <perimeter> --profile-name <profile> --name <rule> --resource-group <group> --subscriptions "[0].id=/subscriptions/<subscription-id>"',
    bicep: "properties: {\n  direction: 'Inbound'\n  subscriptions: [\n    { id: '/subscriptions/<subscription-id>' }\n  ]\n}",
  },
  references: ['https://learn.microsoft.com/azure/private-link/network-security-perimeter-concepts'],
  requirements: ['NSP 6'],
  needs: ['profiles'],
  evaluate({ profiles }, { organisation }) {
    const admitted = profiles.flatMap(({ name: profile, rules }) =>
      rules
        .filter(({ direction }) => direction === 'Inbound')
        .flatMap(({ name: rule, subscriptions }) => subscriptions.map(subscription => ({ profile, rule, subscription }))),
    );
    const foreign = admitted.filter(({ subscription }) => !isTrusted(subscription, organisation));
    const named = foreign.map(({ profile, rule, subscription }) => `${subscription} (rule ${profile}/${rule})`);
    const observed = { subscriptions: new Set(admitted.map(({ subscription }) => subscription)).size, foreign: cut(foreign) };
    return foreign.length > 0 ? fail(`Inbound rules admit subscriptions that are neither of the tenant nor trusted: ${listed(named)}.`, observed) : pass(observed);
  },
});
