import { control, fail, notApplicable, pass } from '../core/control.ts';
import type { Fact } from '../core/fact.ts';
import type { AccessMode, Association, Side } from '../core/perimeter.ts';
import { nameOf } from '../core/resource-id.ts';
import { shortened } from '../exposure/firewall.ts';
import { modeInWords } from '../exposure/truth-table.ts';
import { cut, listed, missingSide, readSides } from './support.ts';

export const perimeterEnforced = control({
  id: 'perimeter-enforced',
  scope: 'account',
  title: 'Every perimeter that the account is in is Enforced.',
  severity: 'high',
  rationale:
    "Only Enforced denies what no rule admits. Learning (portal: Transition) adds the perimeter's rules to the account's own and so can only widen access; Audit logs and blocks nothing. Learning is the default, so an association that nobody came back to protects nothing.",
  remediation: {
    text: "Read the perimeter's access logs for what Enforced would deny, add access rules for what is legitimate, then set the association to Enforced.",
    cli: 'az network perimeter association update --perimeter-name <perimeter> --resource-group <group> --name <association> --access-mode Enforced',
    bicep: "resource association 'Microsoft.Network/networkSecurityPerimeters/resourceAssociations@2025-05-01' = {\n  parent: perimeter\n  name: '<association>'\n  properties: {\n    accessMode: 'Enforced'\n    privateLinkResource: {\n      id: account.id\n    }\n    profile: {\n      id: profile.id\n    }\n  }\n}",
  },
  references: ['https://learn.microsoft.com/azure/private-link/network-security-perimeter-transition'],
  requirements: ['NSP 1'],
  notApplicableWhen: 'the account is in no perimeter',
  needs: ['associations'],
  evaluate({ associations }) {
    const observed = { associations: cut(associations.map(inShort)) };
    if (associations.length === 0) return notApplicable('The account is in no network security perimeter.', observed);
    const problems = associations.flatMap(association => missingSide(association) ?? laxMode(association) ?? []);
    if (problems.length > 0) return fail(`Not Enforced: ${listed(problems, '; ')}.`, observed);
    const unread = associations.find(association => readSides(association).length === 0);
    if (unread) throw new Error(`Neither side of the association with perimeter ${nameOf(unread.perimeterId)} was read.`);
    return pass(observed);
  },
});

function laxMode(association: Association): string | null {
  const sides = readSides(association).flatMap(side => side ?? []);
  const lax = sides.filter(side => side.accessMode !== 'Enforced');
  if (lax.length === 0) return null;
  const modes = [...new Set(lax.map(({ accessMode }) => named(accessMode)))];
  return `perimeter ${nameOf(association.perimeterId)} is in mode ${modes.join(' and ')}${lax.length < sides.length ? ', by one of its two sides' : ''}`;
}

function named(mode: AccessMode): string {
  return typeof mode === 'object' ? `"${shortened(mode.unrecognised)}", which this version does not know` : modeInWords(mode);
}

function inShort({ perimeterId, account, perimeter }: Association): { perimeter: string; byAccount: string | null; byPerimeter: string | null } {
  return { perimeter: nameOf(perimeterId), byAccount: modeBy(account), byPerimeter: modeBy(perimeter) };
}

function modeBy(side: Fact<Side | null>): string | null {
  if (!side.known) return `not known (${side.reason})`;
  if (!side.value) return null;
  const { accessMode } = side.value;
  return typeof accessMode === 'object' ? shortened(accessMode.unrecognised) : accessMode;
}
