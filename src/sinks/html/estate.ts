import { accountType, type Assessment } from '../../core/assessment.ts';
import type { ControlInfo } from '../../core/control.ts';
import { isExempted } from '../../core/exemption.ts';
import { isPublic, type Reach } from '../../core/exposure.ts';
import { findingId, type Finding } from '../../core/finding.ts';
import type { ReportInput } from '../report.ts';
import { standings, type Standing } from './words.ts';

/** What a report says of one scan, with the look-ups that its sections share. */
export interface Estate extends ReportInput {
  readonly accounts: readonly Assessment[];
  readonly control: (id: string) => ControlInfo | null;
  /** Where a control is in the document; short, because thousands of rows lead there. Null where it judged nothing. */
  readonly controlAnchor: (id: string) => string | null;
  /** Name of a subscription; with the beginning of its id where several carry the name, the id where it has none. */
  readonly subscriptionName: (id: string) => string;
  /** Where a resource is in the document. */
  readonly anchorOf: (resource: Assessment) => string;
  /** Accounts that a failure of this resource leaves open to harm: its own, those in the perimeter, or those below it. */
  readonly accountsBehind: (resource: Assessment) => readonly Assessment[];
}

/** The input in the order of ids, whatever order it came in. */
export function estateOf(input: ReportInput): Estate {
  const assessments = input.assessments.toSorted((a, b) => compare(a.resourceId.toLowerCase(), b.resourceId.toLowerCase()));
  const accounts = assessments.filter(isAccount);
  const judged = new Set(assessments.flatMap(({ findings }) => findings.map(({ controlId }) => controlId)));
  const controlAnchors = new Map([...judged].toSorted(compare).map((id, index) => [id, `c${index + 1}`]));
  const controls = new Map(input.controls.map(control => [control.id, control]));
  const bySubscription = Map.groupBy(accounts, ({ subscriptionId }) => subscriptionId.toLowerCase());
  const byPerimeter = accountsByPerimeter(accounts);
  const anchors = new Map(assessments.map(each => [each, `r${findingId(each.resourceId, '').slice(0, 16)}`]));
  const behind: Readonly<Record<Kind, (resource: Assessment) => readonly Assessment[]>> = {
    account: resource => [resource],
    cluster: () => [],
    perimeter: ({ resourceId }) => byPerimeter.get(resourceId.toLowerCase()) ?? [],
    subscription: ({ subscriptionId }) => bySubscription.get(subscriptionId.toLowerCase()) ?? [],
    tenant: () => accounts,
  };
  return {
    ...input,
    assessments,
    subscriptions: input.subscriptions.toSorted((a, b) => compare(a.subscriptionId, b.subscriptionId)),
    controls: input.controls.toSorted((a, b) => compare(a.id, b.id)),
    accounts,
    control: id => controls.get(id) ?? null,
    controlAnchor: id => controlAnchors.get(id) ?? null,
    subscriptionName: namesOf(input),
    anchorOf: resource => anchors.get(resource) ?? '',
    accountsBehind: resource => behind[kindOf(resource)](resource),
  };
}

function accountsByPerimeter(accounts: readonly Assessment[]): ReadonlyMap<string, readonly Assessment[]> {
  const byPerimeter = new Map<string, Assessment[]>();
  for (const account of accounts) {
    for (const id of new Set(account.exposure?.perimeters.map(perimeter => perimeter.id.toLowerCase()))) {
      const associated = byPerimeter.get(id);
      if (associated) associated.push(account);
      else byPerimeter.set(id, [account]);
    }
  }
  return byPerimeter;
}

function namesOf({ subscriptions }: ReportInput): (id: string) => string {
  const names = new Map(subscriptions.filter(({ name }) => name !== '').map(({ subscriptionId, name }) => [subscriptionId.toLowerCase(), name]));
  const uses = Map.groupBy(names.values(), name => name);
  return id => {
    const name = names.get(id.toLowerCase());
    if (name === undefined) return id;
    return (uses.get(name)?.length ?? 0) > 1 ? `${name} (${id.slice(0, 8)})` : name;
  };
}

/** What a resource can be, in the order in which people read about it. */
export const kinds = ['account', 'cluster', 'perimeter', 'subscription', 'tenant'] as const;
export type Kind = (typeof kinds)[number];

const kindByType: Readonly<Record<string, Kind>> = {
  [accountType.toLowerCase()]: 'account',
  'microsoft.network/networksecurityperimeters': 'perimeter',
  'microsoft.resources/subscriptions': 'subscription',
  'microsoft.resources/tenants': 'tenant',
};

/** What is neither account, perimeter, subscription nor tenant is a cluster. */
export function kindOf({ resourceType }: Assessment): Kind {
  return kindByType[resourceType.toLowerCase()] ?? 'cluster';
}

function isAccount(assessment: Assessment): boolean {
  return kindOf(assessment) === 'account';
}

/** An account that was not judged is unknown. */
export function reachOf({ exposure }: Assessment): Reach {
  return exposure?.reach ?? 'unknown';
}

/** Whether the Internet or all of Azure can reach it; false where that is not known. */
export function isPublicAccount(account: Assessment): boolean {
  return isPublic(reachOf(account));
}

/** Where a finding stands: as its status says, unless an active exemption takes it out of the score. */
export function standingOf(finding: Finding): Standing {
  return isExempted(finding) ? 'exempted' : finding.status;
}

/** Findings by where they stand. */
export type Tally = Readonly<Record<Standing, number>>;

/** How many findings stand where. */
export function tallyOf(findings: Iterable<Finding>): Tally {
  const tally: Record<Standing, number> = { fail: 0, unknown: 0, manual: 0, exempted: 0, pass: 0, notApplicable: 0 };
  for (const finding of findings) tally[standingOf(finding)] += 1;
  return tally;
}

/** The gravest standing that occurs; null where nothing was judged. */
export function gravest(tally: Tally): Standing | null {
  return standings.find(standing => tally[standing] > 0) ?? null;
}

/** The order of code units, the same on every machine. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
