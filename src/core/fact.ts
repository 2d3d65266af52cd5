/** Why something is not known. `contradictory`: two sources Azure keeps in step say different things. */
export const reasons = ['denied', 'throttled', 'missing', 'unsupported', 'unreachable', 'malformed', 'contradictory', 'failed'] as const;
export type Reason = (typeof reasons)[number];

/** The request a fact came from, as a person can repeat it: `GET /subscriptions/…?api-version=…`. */
export type Source = string;

/** Something that could not be read, and what would change that. */
export interface Unknown {
  readonly known: false;
  readonly reason: Reason;
  /** One sentence: what happened, to what. */
  readonly detail: string;
  /** The Azure action whose grant would make it readable; only where the reason is `denied`. */
  readonly permission?: string;
  readonly sources: readonly Source[];
}

/** One thing known about a resource, or not known with a reason. */
export type Fact<T> = Known<T> | Unknown;

export interface Known<T> {
  readonly known: true;
  readonly value: T;
  readonly sources: readonly Source[];
}

/** The facts named in `Values`. Total: "forgot to collect" has no representation. */
export type Snapshot<Values> = { readonly [Name in keyof Values]: Fact<Values[Name]> };

export function known<T>(value: T, sources: readonly Source[] = []): Known<T> {
  return { known: true, value, sources };
}

export function unknown(reason: Reason, detail: string, sources: readonly Source[] = [], permission?: string): Unknown {
  return { known: false, reason, detail, sources, ...(permission !== undefined && { permission }) };
}

/** A fact computed from another: unknown stays unknown, for the same reason. */
export function derive<A, B>(fact: Fact<A>, compute: (value: A) => B): Fact<B> {
  return fact.known ? known(compute(fact.value), fact.sources) : fact;
}

/** Every value, in order; unknown where one of them is. */
export function allKnown<T>(facts: readonly Fact<T>[]): Fact<readonly T[]> {
  const values: T[] = [];
  for (const fact of facts) {
    if (!fact.known) return fact;
    values.push(fact.value);
  }
  return known(values, sourcesOf(facts));
}

/** Every request behind some facts, each once. */
export function sourcesOf(facts: readonly Fact<unknown>[]): readonly Source[] {
  // Most facts that are looked at together came with one request, or with none.
  let only: readonly Source[] = [];
  let all: Set<Source> | null = null;
  for (const { sources } of facts) {
    if (sources === only || sources.length === 0) continue;
    if (only.length === 0) only = sources;
    else {
      all ??= new Set(only);
      for (const source of sources) all.add(source);
    }
  }
  return all === null ? only : [...all];
}
