import { z } from 'zod';
import type { Gap, Observed, Outcome, Severity, Verdict } from './finding.ts';
import type { FactsOf, Scope, SnapshotOf } from './snapshot.ts';

/** What the organisation says of itself, and what a scan knows of the whole tenant. */
export interface Organisation {
  /** Azure cloud by our name for it: `public`, `usgovernment`, `china`, `custom`. */
  readonly cloud: string;
  /** Subscription ids of the tenant that the identity can see, lower case. */
  readonly subscriptions: ReadonlySet<string>;
  /** Subscription ids outside the tenant that may reach in, lower case. */
  readonly trustedSubscriptions: ReadonlySet<string>;
  /** CIDR ranges that firewall rules must stay within; empty = not given. */
  readonly approvedRanges: readonly string[];
  /** Domains that outbound perimeter rules must stay within; empty = not given. */
  readonly approvedOutboundDomains: readonly string[];
  /** Log Analytics workspaces that count as a destination; empty = any. */
  readonly allowedWorkspaces: readonly string[];
}

export interface EvaluationContext<Parameters> {
  /** The scan's time. */
  readonly now: Date;
  readonly parameters: Parameters;
  readonly organisation: Organisation;
}

export interface Remediation {
  readonly text: string;
  /** Azure CLI. */
  readonly cli?: string;
  readonly bicep?: string;
}

/** The part of a control that documents, reports and tables show. */
export interface ControlMetadata {
  /** Kebab case, states the good state; also the file name. Never renamed. */
  readonly id: string;
  /** The good state as a sentence. */
  readonly title: string;
  readonly severity: Severity;
  readonly rationale: string;
  readonly remediation: Remediation;
  /** Documentation links the check rests on. */
  readonly references: readonly [string, ...string[]];
  /** Requirements it answers, for example `ASB NS-1`. */
  readonly requirements: readonly [string, ...string[]];
}

/** What can be said of a control without knowing what it looks at. */
export interface ControlInfo extends ControlMetadata {
  readonly scope: Scope;
  /** Names of facts. */
  readonly needs: readonly string[];
  /** Parameters and their defaults; the baseline may change them. */
  readonly parameters: z.ZodObject;
}

/** A desired state, as a pure function of the facts it needs. */
export interface Control<S extends Scope> extends ControlInfo {
  readonly scope: S;
  /** Unknown where a needed fact is; otherwise the verdict. */
  judge(snapshot: SnapshotOf<S>, context: EvaluationContext<unknown>): Outcome;
}

interface Definition<S extends Scope, Need extends keyof FactsOf[S] & string, Shape extends z.ZodRawShape> extends ControlMetadata {
  readonly scope: S;
  readonly needs: readonly [Need, ...Need[]];
  readonly parameters?: z.ZodObject<Shape>;
  evaluate(this: void, facts: Pick<FactsOf[S], Need>, context: EvaluationContext<z.output<z.ZodObject<Shape>>>): Verdict;
}

/** Makes a control out of its definition: `evaluate` is called with known facts only. */
export function control<const S extends Scope, Need extends keyof FactsOf[S] & string, Shape extends z.ZodRawShape = z.ZodRawShape>(
  definition: Definition<S, Need, Shape>,
): Control<S> {
  const { evaluate, needs, ...metadata } = definition;
  const parameters = definition.parameters ?? (z.object({}) as z.ZodObject<Shape>);
  return {
    ...metadata,
    needs,
    parameters,
    judge(snapshot, context) {
      const facts: Partial<Pick<FactsOf[S], Need>> = {};
      const gaps: Gap[] = [];
      const sources = new Set<string>();
      for (const name of needs) {
        const fact = snapshot[name];
        if (fact.known) {
          facts[name] = fact.value;
          for (const source of fact.sources) sources.add(source);
        } else {
          const { reason, detail, permission } = fact;
          gaps.push({ fact: name, reason, detail, ...(permission !== undefined && { permission }) });
        }
      }
      const [first, ...rest] = gaps;
      if (first) return { status: 'unknown', gaps: [first, ...rest] };
      const verdict = evaluate(facts as Pick<FactsOf[S], Need>, { ...context, parameters: parameters.parse(context.parameters) });
      return { ...verdict, sources: [...sources] };
    },
  };
}

export function pass(observed: Observed): Verdict {
  return { status: 'pass', observed };
}

export function fail(message: string, observed: Observed): Verdict {
  return { status: 'fail', message, observed };
}

export function notApplicable(because: string, observed: Observed): Verdict {
  return { status: 'notApplicable', because, observed };
}
