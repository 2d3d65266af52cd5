import { manualControl } from '../core/control.ts';

export const conditionalAccessInPlace = manualControl({
  id: 'conditional-access-in-place',
  title: 'Conditional access limits from where, with which device and at what risk people and workloads reach Azure management and Cosmos DB.',
  severity: 'medium',
  rationale: 'The data plane takes any valid token that the network lets through. Conditions are what stops a token that was taken from the right person and is used from the wrong place.',
  remediation: {
    text: 'Add policies for the Windows Azure Service Management API and for Azure Cosmos DB: compliant device or known location, block on high risk, and a sign-in frequency for administrators. Bring each in as report-only first.',
  },
  references: ['https://learn.microsoft.com/entra/identity/conditional-access/overview', 'https://learn.microsoft.com/entra/identity/conditional-access/plan-conditional-access', 'https://learn.microsoft.com/entra/identity/conditional-access/workload-identity'],
  requirements: ['ASB IM-6'],
  procedure: [
    'In Entra ID, Conditional Access, list the policies that are On and cover all resources, the Windows Azure Service Management API, or Azure Cosmos DB.',
    'Together they must ask for a compliant or joined device or a named location, block or challenge a high sign-in and user risk, and limit sessions of administrators. Note what is missing.',
    'Compare the named locations with the ranges you approve in the baseline (approvedRanges). A location that nobody owns any more is a hole.',
    'Use the What If tool with an owner of the subscription, an unmanaged device and a foreign address: it must show that access is blocked.',
    'For applications outside Azure that hold rights over data, check for a workload identity policy with a location.',
    'Record the policies and the result of What If. Attest when each condition is covered by a policy that is On.',
  ],
});
