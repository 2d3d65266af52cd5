import { profiles, type ProfileName } from './profiles.ts';

/** A baseline file to begin with: it changes nothing, and shows what can be changed. */
export function starterFile(profile: ProfileName): string {
  return `# Baseline of cosmos-compliance-monitor.
#
#   cosmos-compliance baseline validate baseline.yaml      says what is wrong, with line and column
#   cosmos-compliance baseline show baseline.yaml --diff   shows what differs from the profile
#   cosmos-compliance scan --baseline baseline.yaml
#
# Editors complete this file with the schema src/baseline/baseline.schema.json of the repository.

# Reports and tables show this name with a hash of the content.
name: ${profile}-baseline

# ${profile}: ${profiles[profile].description}
# The others: ${otherProfiles(profile)}.
profile: ${profile}

# What differs from the profile, by control. \`cosmos-compliance baseline show\` lists all with their parameters.
controls: {}
#  firewall-ranges-narrow:
#    severity: high
#    parameters:
#      addressesPerRange: 16
#  perimeter-in-use:
#    enabled: false

# Subscriptions outside the tenant that may reach in.
trustedSubscriptions: []
#  - 00000000-0000-0000-0000-000000000000

# Ranges that firewall rules must stay within. Empty: not checked.
approvedRanges: []
#  - 198.51.100.0/24

# Domains that outbound perimeter rules must stay within; a domain covers itself and all below. Empty: not checked.
approvedOutboundDomains: []
#  - contoso.com

# Log Analytics workspaces that count as a destination of logs. Empty: any.
allowedWorkspaces: []
#  - /subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/logs/providers/Microsoft.OperationalInsights/workspaces/security

# Azure regions that data may be in. Empty: not checked.
allowedRegions: []
#  - westeurope

# Tags that every account carries. Empty: not checked.
requiredTags: []
#  - classification

# Object ids of principals that may hold account-wide rights over data.
dataPlaneOwners: []
#  - 00000000-0000-0000-0000-000000000000

# Failures that are accepted for a time: they stay visible as failures, outside the score. When one expires, its
# failures count again.
exemptions: []
#  - id: legacy-import
#    controls: [firewall-ranges-narrow]
#    scope:
#      resourceId: /subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/legacy
#    category: accepted-risk            # or mitigated, false-positive
#    reason: The import runs from a partner's range until it moves to a private endpoint.
#    owner: data-platform@contoso.com
#    expiresOn: 2026-12-31

# The word of people that manual controls hold.
attestations: []
#  - control: mfa-required
#    by: jane@contoso.com
#    on: 2026-11-20
#    until: 2027-11-19
#    evidence: Ticket SEC-1234
`;
}

function otherProfiles(profile: ProfileName): string {
  return Object.keys(profiles)
    .filter(name => name !== profile)
    .join(', ');
}
