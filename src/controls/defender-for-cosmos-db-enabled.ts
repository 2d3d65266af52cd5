import { control, fail, notApplicable, pass } from '../core/control.ts';

export const defenderForCosmosDbEnabled = control({
  id: 'defender-for-cosmos-db-enabled',
  scope: 'account',
  title: "Microsoft Defender for Cloud watches the account, by the subscription's plan or by the account's own setting.",
  severity: 'high',
  rationale:
    'Defender looks for injection, for access from anonymising networks and unusual places, and for keys that are listed before data is extracted. Logs alone raise no alert: somebody would have to be looking.',
  remediation: {
    text: 'Turn on the plan for Azure Cosmos DB in the subscription, so that new accounts are protected as well. Where only single accounts are to be paid for, turn protection on for the account.',
    cli: 'az security pricing create --name CosmosDbs --tier Standard',
    bicep: "targetScope = 'subscription'\n\nresource cosmosDbs 'Microsoft.Security/pricings@2024-01-01' = {\n  name: 'CosmosDbs'\n  properties: {\n    pricingTier: 'Standard'\n  }\n}",
  },
  references: [
    'https://learn.microsoft.com/azure/defender-for-cloud/concept-defender-for-cosmos',
    'https://learn.microsoft.com/azure/cosmos-db/defender-for-cosmos-db',
  ],
  requirements: ['ASB IM-5', 'ASB NS-4', 'ASB NS-5', 'SEC monitor-for-attacks'],
  notApplicableWhen: 'the account serves another API than NoSQL, which Defender does not protect',
  needs: ['threatProtection'],
  evaluate({ threatProtection }) {
    switch (threatProtection.by) {
      case 'plan':
      case 'account':
        return pass({ by: threatProtection.by });
      case 'notOffered':
        return notApplicable('Defender protects accounts of the NoSQL API only.', { by: 'notOffered' });
      case 'nothing': {
        const { tier, coverage } = threatProtection.plan;
        const plan = typeof tier === 'string' ? tier : tier.unrecognised;
        const observed = { by: 'nothing', plan, coverage };
        if (plan === 'Standard') return fail(`The plan for Azure Cosmos DB is on and leaves resources out (${coverage ?? 'no coverage given'}), and the account's own protection is off.`, observed);
        return fail("The subscription's plan for Azure Cosmos DB is off, and so is the account's own protection.", observed);
      }
    }
  },
});
