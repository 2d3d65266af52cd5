import { z } from 'zod';
import { attestationState, currentAttestation, type Attestation } from './attestation.ts';
import { sourcesOf, type Fact } from './fact.ts';
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
  /** Azure regions data may be in, as `westeurope`; empty = not given. */
  readonly allowedRegions: readonly string[];
  /** Names of tags that every account carries; empty = not given. */
  readonly requiredTags: readonly string[];
  /** Object ids of principals that may hold account-wide rights over data, lower case. */
  readonly dataPlaneOwners: ReadonlySet<string>;
}

export interface EvaluationContext<Parameters> {
  /** The scan's time. */
  readonly now: Date;
  readonly parameters: Parameters;
  readonly organisation: Organisation;
  /** Attestations of this control. */
  readonly attestations?: readonly Attestation[];
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
  /** Completes "Not applicable when …"; where the control can say so. */
  readonly notApplicableWhen?: string;
  /** Off unless the baseline or its profile switches it on. */
  readonly optIn?: boolean;
  /** What other catalogues call the same check; added by `controls/index.ts` from `controls/data/framework-maps.ts`. */
  readonly maps?: FrameworkMaps;
}

/** Where other catalogues ask for what a control checks. */
export interface FrameworkMaps {
  readonly azurePolicy?: readonly { readonly id: string; readonly name: string }[];
  /** Microsoft cloud security benchmark v1, for example `NS-2`. */
  readonly mcsb?: readonly string[];
  /** Center for Internet Security. */
  readonly cis?: readonly { readonly benchmark: string; readonly id: string }[];
  /** NIST SP 800-53 revision 5, for example `SC-7`. */
  readonly nist?: readonly string[];
}

/** What can be said of a control without knowing what it looks at. */
export interface ControlInfo extends ControlMetadata {
  readonly scope: Scope;
  /** Names of facts. */
  readonly needs: readonly string[];
  /** Parameters and their defaults; the baseline may change them. */
  readonly parameters: z.ZodObject;
  /** How a person checks it, step by step; only a manual control has one. */
  readonly procedure?: readonly string[];
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
  const contextOf = remembering((context: EvaluationContext<unknown>) => ({ ...context, parameters: parameters.parse(context.parameters) }));
  return {
    ...metadata,
    needs,
    parameters,
    judge(snapshot, context) {
      const facts: Partial<Pick<FactsOf[S], Need>> = {};
      for (const name of needs) {
        const fact = snapshot[name];
        if (!fact.known) return { status: 'unknown', gaps: gapsOf(needs, snapshot) };
        facts[name] = fact.value;
      }
      const verdict = evaluate(facts as Pick<FactsOf[S], Need>, contextOf(context));
      return { ...verdict, sources: sourcesOf(needs.map(name => snapshot[name])) };
    },
  };
}

/** The facts that are not known, of which there is one at least. */
function gapsOf<Name extends string>(needs: readonly Name[], snapshot: Readonly<Record<Name, Fact<unknown>>>): readonly [Gap, ...Gap[]] {
  const [first, ...others] = needs.flatMap((name): Gap[] => {
    const fact = snapshot[name];
    return fact.known ? [] : [{ fact: name, reason: fact.reason, detail: fact.detail, ...(fact.permission !== undefined && { permission: fact.permission }) }];
  });
  if (!first) throw new Error('Every fact is known.');
  return [first, ...others];
}

/** A scan hands the same context to every resource: its parameters are parsed once. */
function remembering<From extends object, To>(make: (from: From) => To): (from: From) => To {
  let last: { readonly from: From; readonly value: To } | null = null;
  return from => {
    if (last === null || last.from !== from) last = { from, value: make(from) };
    return last.value;
  };
}

/** A control that a person checks, and somebody attests. */
export interface ManualControl extends Control<'tenant'> {
  readonly procedure: readonly [string, ...string[]];
}

/** Makes a control that has a procedure in place of `evaluate`: it passes while an attestation holds, and never fails. */
export function manualControl(definition: ControlMetadata & Pick<ManualControl, 'procedure'>): ManualControl {
  return { ...definition, scope: 'tenant', needs: [], parameters: z.object({}), judge: (_, { now, attestations = [] }) => attested(definition.procedure, attestations, now) };
}

function attested(procedure: readonly string[], attestations: readonly Attestation[], now: Date): Outcome {
  const current = currentAttestation(attestations, now);
  if (!current) return { status: 'manual', observed: { procedure }, message: 'Nobody has attested it. Follow the procedure, and add an attestation to the baseline.' };
  const { by, on, until, evidence } = current;
  const attestation = { by, on, until, evidence };
  switch (attestationState(current, now)) {
    case 'valid':
      return { status: 'pass', observed: { attestation }, sources: [] };
    case 'future':
      return { status: 'manual', observed: { attestation, procedure }, message: `The attestation by ${by} does not hold before ${on}. Until then nobody has attested it.` };
    case 'expired':
      return { status: 'manual', observed: { attestation, procedure }, message: `The attestation by ${by} ended on ${until}. Follow the procedure again, and add a new one to the baseline.` };
  }
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
