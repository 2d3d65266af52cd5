import type { Assessment } from '../../core/assessment.ts';
import type { Finding, Severity } from '../../core/finding.ts';
import { compare, isPublicAccount, kindOf, kinds, standingOf, tallyOf, type Estate, type Tally } from './estate.ts';
import { severityOrder } from './parts.ts';
import { count } from './words.ts';

/** One control, and where it stands. */
export interface ControlStanding {
  readonly controlId: string;
  /** The worst that its findings carry. */
  readonly severity: Severity;
  readonly tally: Tally;
  /** What fails it, exemptions aside; those that the public can reach, or that stand before such accounts, first. */
  readonly failing: readonly Failing[];
  /** Accounts behind the failures, each once. */
  readonly accounts: number;
  /** Of these, what the public can reach. */
  readonly publicAccounts: number;
}

/** A failure and the resource it is on. */
export interface Failing {
  readonly resource: Assessment;
  readonly finding: Finding;
  /** Whether the public can reach an account behind it. */
  readonly isPublic: boolean;
}

/** Every control with findings, what to fix first first: by severity, then by accounts behind it, publicly reachable ones before others. */
export function controlStandings(estate: Estate): readonly ControlStanding[] {
  const found = Map.groupBy(
    estate.assessments.flatMap(resource => resource.findings.map(finding => ({ resource, finding }))),
    ({ finding }) => finding.controlId,
  );
  return [...found].map(([controlId, all]) => standing(controlId, all, estate)).toSorted(worstFirst);
}

function standing(controlId: string, all: readonly { readonly resource: Assessment; readonly finding: Finding }[], estate: Estate): ControlStanding {
  const failing = all
    .filter(({ finding }) => standingOf(finding) === 'fail')
    .map(each => ({ ...each, isPublic: estate.accountsBehind(each.resource).some(isPublicAccount) }))
    .toSorted((a, b) => Number(b.isPublic) - Number(a.isPublic) || compare(a.resource.name, b.resource.name));
  const behind = new Set(failing.flatMap(({ resource }) => estate.accountsBehind(resource)));
  return {
    controlId,
    severity: all.map(({ finding }) => finding.severity).toSorted((a, b) => severityOrder(a) - severityOrder(b))[0] ?? 'info',
    tally: tallyOf(all.map(({ finding }) => finding)),
    failing,
    accounts: behind.size,
    publicAccounts: [...behind].filter(isPublicAccount).length,
  };
}

function worstFirst(a: ControlStanding, b: ControlStanding): number {
  return (
    severityOrder(a.severity) - severityOrder(b.severity) ||
    b.publicAccounts - a.publicAccounts ||
    b.accounts - a.accounts ||
    b.failing.length - a.failing.length ||
    compare(a.controlId, b.controlId)
  );
}

/** `4 perimeters fail; behind them 12 accounts, 3 of them publicly reachable`. */
export function blastInWords({ failing, accounts, publicAccounts }: ControlStanding): string {
  const byKind = Map.groupBy(failing, ({ resource }) => kindOf(resource));
  const subjects = kinds.flatMap(kind => (byKind.has(kind) ? [count(byKind.get(kind)?.length ?? 0, kind)] : []));
  const exposed = publicAccounts === 0 ? '' : `${publicAccounts < accounts ? `${publicAccounts} of them` : accounts > 1 ? 'all of them' : ''} publicly reachable`.trimStart();
  const onlyAccounts = byKind.size === 1 && byKind.has('account');
  const behind = onlyAccounts || accounts === 0 ? '' : `behind ${failing.length === 1 ? 'it' : 'them'} ${count(accounts, 'account')}`;
  return [`${subjects.join(' and ')} ${failing.length === 1 ? 'fails' : 'fail'}`, [behind, exposed].filter(Boolean).join(', ')].filter(Boolean).join(onlyAccounts ? ', ' : '; ');
}
