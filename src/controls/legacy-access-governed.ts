import { manualControl } from '../core/control.ts';

export const legacyAccessGoverned = manualControl({
  id: 'legacy-access-governed',
  title: 'Legacy applications over Cosmos DB data are reached through an access proxy with modern sign-in and session monitoring.',
  severity: 'medium',
  rationale: 'An old application that knows no modern sign-in is often reached by VPN alone: whoever is in the network is in the application, and nobody sees what he does there.',
  remediation: {
    text: 'Publish the application by Entra application proxy or Private Access with conditional access, or put its sessions under Defender for Cloud Apps; then close the way over the plain VPN. Where that is impossible, plan its end and exempt it until then.',
  },
  references: ['https://learn.microsoft.com/entra/identity/app-proxy/overview-what-is-app-proxy', 'https://learn.microsoft.com/defender-cloud-apps/proxy-intro-aad'],
  requirements: ['ASB IM-8'],
  procedure: [
    'List applications that use Cosmos DB and cannot sign people in with Entra ID: those with users of their own, with Kerberos or header sign-in, or with a shared account. With none, attest that.',
    'For each, find every way to it: application proxy, Private Access, VPN, jump host, direct. Try the ones that should be closed.',
    'Check that the open way asks for Entra ID with the conditional access policies of other applications, device included.',
    "Check that sessions are recorded where the application itself logs nothing: Defender for Cloud Apps, Cloud discovery or session policies, or the jump host's recording.",
    'Check which identity the application uses for Cosmos DB: a managed identity with a narrow role, not an account key that all its users share.',
    'Record each application with its way in, its monitoring and the date it will be replaced. Attest when none is reached past the proxy.',
  ],
});
