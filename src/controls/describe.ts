import type { ControlInfo, FrameworkMaps } from '../core/control.ts';
import type { Scope } from '../core/snapshot.ts';

interface ScopeInWords {
  /** Heading over the controls of the scope. */
  readonly heading: string;
  /** What one of them looks at. */
  readonly subject: string;
}

/** Scopes in the order in which people read about them. */
const scopes: Readonly<Record<Scope, ScopeInWords>> = {
  account: { heading: 'Accounts', subject: 'an account' },
  perimeter: { heading: 'Network security perimeters', subject: 'a network security perimeter' },
  subscription: { heading: 'Subscriptions', subject: 'a subscription with accounts' },
  cluster: { heading: 'MongoDB and Cassandra clusters', subject: 'a MongoDB or Cassandra cluster' },
  tenant: { heading: 'The tenant', subject: 'the tenant' },
};

/** What the control is and looks at: `high, off by default, looks at an account`. */
export function kindInWords({ severity, optIn, procedure, scope }: ControlInfo): string {
  const parts = [severity, ...(optIn ? ['off by default'] : []), ...(procedure ? ['manual'] : []), `looks at ${scopes[scope].subject}`];
  return parts.join(', ');
}

/** Manual controls are checked and attested by people. */
export function isManual({ procedure }: Pick<ControlInfo, 'procedure'>): boolean {
  return procedure !== undefined;
}

/** Controls grouped by what they look at, each group sorted by id; scopes without controls are left out. */
export function groupedByScope(controls: readonly ControlInfo[]): (ScopeInWords & { readonly controls: readonly ControlInfo[] })[] {
  return Object.entries(scopes)
    .map(([scope, words]) => ({ ...words, controls: controls.filter(control => control.scope === scope).toSorted((a, b) => (a.id < b.id ? -1 : 1)) }))
    .filter(group => group.controls.length > 0);
}

/** Lines of two cells: a catalogue that asks for the same, and what it calls it. */
export function mapsInWords({ azurePolicy = [], mcsb = [], cis = [], nist = [] }: FrameworkMaps): (readonly [catalogue: string, entry: string])[] {
  return [
    ...azurePolicy.map(({ id, name }) => ['Azure Policy', `${name} (${id})`] as const),
    ...(mcsb.length > 0 ? [['Microsoft cloud security benchmark v1', mcsb.join(', ')] as const] : []),
    ...cis.map(({ benchmark, id }) => [benchmark, id] as const),
    ...(nist.length > 0 ? [['NIST SP 800-53 r5', nist.join(', ')] as const] : []),
  ];
}
