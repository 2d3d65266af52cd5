import { z } from 'zod';
import { control, fail, notApplicable, pass, type Organisation } from '../core/control.ts';
import type { PerimeterLink } from '../core/perimeter.ts';
import { nameOf, sameId, subscriptionOf } from '../core/resource-id.ts';
import { shortened } from '../exposure/firewall.ts';
import { cut, isTrusted, listed } from './support.ts';

export const perimeterLinksNarrow = control({
  id: 'perimeter-links-narrow',
  scope: 'perimeter',
  title: 'Links to other perimeters are approved, name the profiles they open, and lead to perimeters of the organisation.',
  severity: 'high',
  rationale:
    "A link lets resources of a remote perimeter talk to the local profiles it names, by access rules that Azure makes and nobody reviews. With * it opens every profile, those made later included; to a perimeter in somebody else's subscription it hands the decision who is inside to them.",
  remediation: {
    text: "Name the local profiles that the link is for. Delete links that are not approved or lead to a perimeter you do not know. An incoming link can only be changed from the remote perimeter; delete its link reference to end it. Trust a partner's subscription in the baseline (trustedSubscriptions).",
    cli: [
      "az network perimeter link update --perimeter-name <perimeter> --resource-group <group> --name <link> --local-inbound-profile \"['<profile>']\"",
      'az network perimeter link-reference delete --perimeter-name <perimeter> --resource-group <group> --name <link-reference>',
    ].join('\n'),
    bicep: "resource link 'Microsoft.Network/networkSecurityPerimeters/links@2025-05-01' = {\n  parent: perimeter\n  name: '<link>'\n  properties: {\n    autoApprovedRemotePerimeterResourceId: '<perimeter-id>'\n    localInboundProfiles: [\n      '<profile>'\n    ]\n    remoteInboundProfiles: [\n      '<profile>'\n    ]\n  }\n}",
  },
  references: ['https://learn.microsoft.com/azure/private-link/configure-perimeter-link', 'https://learn.microsoft.com/azure/private-link/network-security-perimeter-concepts'],
  requirements: ['NSP 2'],
  notApplicableWhen: 'the perimeter has no links',
  parameters: z.object({
    judgeOutboundProfiles: z
      .boolean()
      .default(false)
      .describe('Whether * among the local outbound profiles fails too. Azure sets it there and, as of API version 2025-09-01, nobody can change it.'),
  }),
  needs: ['links'],
  evaluate({ links }, { parameters: { judgeOutboundProfiles }, organisation }) {
    if (links.length === 0) return notApplicable('The perimeter has no links.', { links: 0 });
    const problems = links.flatMap(link => {
      const found = [...problemsOf(link, judgeOutboundProfiles), ...remoteProblems(link, links, organisation)];
      return found.map(problem => `${link.direction} link ${link.name} ${problem}`);
    });
    const observed = { links: links.length, problems: cut(problems), seen: cut(links.map(inShort)) };
    return problems.length > 0 ? fail(`Links open more than they should: ${listed(problems, '; ')}.`, observed) : pass(observed);
  },
});

function problemsOf({ status, localInboundProfiles, localOutboundProfiles }: PerimeterLink, judgeOutboundProfiles: boolean): string[] {
  const problems: string[] = [];
  if (!sameId(status, 'approved')) problems.push(`is ${shortened(status)}, not Approved`);
  if (localInboundProfiles.some(isEvery)) problems.push('lets the remote perimeter into every profile (*)');
  if (judgeOutboundProfiles && localOutboundProfiles.some(isEvery)) problems.push('lets every profile (*) out to the remote perimeter');
  return problems;
}

function remoteProblems(link: PerimeterLink, links: readonly PerimeterLink[], organisation: Organisation): string[] {
  const id = remoteId(link, links);
  if (id === null) return [`names its remote perimeter by GUID only (${link.remotePerimeterGuid ?? 'none'}), so whose it is cannot be told`];
  const subscription = subscriptionOf(id);
  if (isTrusted(subscription, organisation)) return [];
  return [`leads to perimeter ${nameOf(id)} in subscription ${subscription ?? '(none)'}, which is neither of the tenant nor trusted`];
}

/** An outgoing link that was approved by hand carries a GUID only; a link the other way tells whose GUID it is. */
function remoteId({ remotePerimeterId, remotePerimeterGuid: guid }: PerimeterLink, links: readonly PerimeterLink[]): string | null {
  if (remotePerimeterId !== null || guid === null) return remotePerimeterId;
  const same = links.find(other => other.remotePerimeterId !== null && other.remotePerimeterGuid !== null && sameId(other.remotePerimeterGuid, guid));
  return same?.remotePerimeterId ?? null;
}

function isEvery(profile: string): boolean {
  return profile.trim() === '*';
}

function inShort({ name, direction, status, remotePerimeterId, remotePerimeterGuid, localInboundProfiles, localOutboundProfiles }: PerimeterLink) {
  const remote = remotePerimeterId ?? remotePerimeterGuid;
  return { name, direction, status, remote, localInboundProfiles: cut(localInboundProfiles), localOutboundProfiles: cut(localOutboundProfiles) };
}
