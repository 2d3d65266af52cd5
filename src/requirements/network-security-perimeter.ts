import { controls, type Answer, type Document, type Requirement, type Responsibility } from './requirement.ts';

function row(number: number, title: string, answers: readonly Answer[], responsibility: Responsibility = 'customer'): Requirement {
  return { id: `NSP ${number}`, source: 'NSP', title, responsibility, answers };
}

export const networkSecurityPerimeter: Document = {
  source: 'NSP',
  title: 'Configure Network Security Perimeter for Azure Cosmos DB',
  link: 'https://learn.microsoft.com/azure/cosmos-db/how-to-configure-nsp',
  date: null,
  responsibilities: "The document instructs the customer; what Azure supports, and how mature it calls it, is Microsoft's part.",
  requirements: [
    row(
      1,
      'A perimeter restricts public exposure: whoever comes in was admitted explicitly.',
      controls('exposure-not-public', 'perimeter-associated', 'perimeter-enforced', 'public-access-secured-by-perimeter'),
    ),
    row(2, 'Services that work together, such as the account and its key vault, share the perimeter, and data stays inside it.', controls('perimeter-covers-key-vault', 'perimeter-links-narrow')),
    row(3, 'Outbound connections are denied unless a domain name or another perimeter is allowed.', controls('perimeter-outbound-narrow')),
    row(4, 'The account has a managed identity before it joins a perimeter.', controls('perimeter-identity-present')),
    row(5, 'The account is associated with the perimeter, and the association works.', controls('perimeter-associated', 'perimeter-healthy', 'perimeter-in-use')),
    row(6, 'Inbound rules admit addresses or subscriptions, and only the ones meant.', controls('perimeter-inbound-narrow', 'perimeter-inbound-subscriptions-trusted')),
    row(7, 'Outbound rules name what members may connect to outside the perimeter.', controls('perimeter-outbound-narrow')),
    row(8, 'A perimeter is not combined with a customer-managed key and log-store features, which Azure does not support together.', controls('perimeter-features-supported')),
    row(
      9,
      'The perimeter of a key vault is relaxed for a restore only, and closed again afterwards.',
      controls('key-vault-perimeter-not-left-open', 'perimeter-features-supported'),
    ),
    row(10, 'REST clients send a well-formed x-ms-date header: an account in a perimeter may block requests without.', controls('request-dates-valid')),
    row(11, 'Diagnostic logs of the perimeter are collected and watched.', controls('perimeter-logs-collected')),
    row(12, 'The perimeter complements private endpoints and virtual network injection rather than replacing them.', controls('private-endpoint-approved')),
    row(
      13,
      'Perimeters serve accounts of the NoSQL API.',
      [
        {
          applicabilityOf: [
            'key-vault-perimeter-not-left-open',
            'perimeter-associated',
            'perimeter-covers-key-vault',
            'perimeter-enforced',
            'perimeter-features-supported',
            'perimeter-healthy',
            'perimeter-identity-present',
            'public-access-secured-by-perimeter',
          ],
          because: 'An account of another API is not asked to be in a perimeter. One that is in a perimeter all the same is judged by it.',
        },
      ],
      'shared',
    ),
    row(
      14,
      'The feature was in preview, without a service level agreement, when the document was written.',
      [{ microsoft: 'Only Microsoft changes the maturity of a feature; there is nothing to configure. Whether an account relies on it, perimeter-associated tells.' }],
      'microsoft',
    ),
  ],
};
