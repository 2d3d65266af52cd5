import { control, fail, pass } from '../core/control.ts';
import { shortened } from '../exposure/firewall.ts';
import { cut, listed } from './support.ts';

export const corsNoWildcard = control({
  id: 'cors-no-wildcard',
  scope: 'account',
  title: 'Cross-origin requests are allowed from named origins only, or not at all.',
  severity: 'medium',
  rationale: "With the origin *, a page of any site that gets hold of a key or token can query the account from its visitors' browsers, and so from inside the networks that the firewall trusts.",
  remediation: {
    text: 'Name the origins that need access, or remove the CORS rule.',
    cli: `az rest --method patch --url '<account-id>?api-version=2026-03-15' --body '{"properties":{"cors":[{"allowedOrigins":"https://app.contoso.com"}]}}'`,
    bicep: "properties: {\n  cors: [\n    { allowedOrigins: 'https://app.contoso.com' }\n  ]\n}",
  },
  references: ['https://learn.microsoft.com/azure/cosmos-db/how-to-configure-cross-origin-resource-sharing'],
  requirements: ['ASB NS-4'],
  needs: ['account'],
  evaluate({ account: { corsOrigins } }) {
    const wildcards = corsOrigins.filter(origin => origin.includes('*'));
    const observed = { corsOrigins: cut(corsOrigins) };
    return wildcards.length > 0 ? fail(`Cross-origin requests are allowed from ${listed(wildcards.map(shortened))}.`, observed) : pass(observed);
  },
});
