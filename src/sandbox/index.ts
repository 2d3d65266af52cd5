import { resourceManager } from './arm.ts';
import { failure, type Answer } from './answer.ts';
import { loopbackCertificate } from './certificate.ts';
import { counter, type RequestCounts } from './counts.ts';
import { demoEstate } from './estate/demo.ts';
import type { Estate } from './estate/estate.ts';
import { faultPlan, type Faults } from './faults.ts';
import { ingestionPath, logsIngestion, type IngestionMode, type Refusal } from './ingestion.ts';
import type { Request } from './request.ts';
import { listen, type Outcome } from './server.ts';
import { issuer, type TokenCounts } from './tokens.ts';

export type { RequestCounts, RequestRecord } from './counts.ts';
export { demoEstate } from './estate/demo.ts';
export type { Estate, ManagementGroup, Resource, Subscription } from './estate/estate.ts';
export { generatedEstate } from './estate/generated.ts';
export type { Fault, Faults, Intercepted } from './faults.ts';
export type { Answer } from './answer.ts';
export type { TokenCounts } from './tokens.ts';
export type { IngestionMode, Refusal } from './ingestion.ts';
export type { Outcome } from './server.ts';

export interface SandboxOptions {
  /** Default: the demo estate. */
  readonly estate?: Estate;
  readonly latencyMs?: number;
  /** Share by which the latency varies, 0 to 1. */
  readonly jitter?: number;
  /** How long its tokens hold, milliseconds. Default: a day. */
  readonly tokenLifetimeMs?: number;
  /** On top of what the estate brings. */
  readonly faults?: Faults;
  /** Default: true. */
  readonly logsIngestion?: boolean;
  /**
   * Given every answer of the ingestion endpoint, whose rows have been taken where it is a success: it may be another
   * one, none, or a broken connection. `before` is asked first, and may keep the rows from being taken.
   */
  readonly ingestionFaults?: { readonly before?: () => Outcome | null; readonly after?: (answer: Answer) => Outcome };
}

/** An embedded Azure on loopback: nothing it does leaves this machine. */
export interface Sandbox {
  /** Settings that point a scan at it. */
  readonly environment: Readonly<Record<string, string>>;
  /** PEM of the authority behind its certificate: for `NODE_EXTRA_CA_CERTS` or `tls.setDefaultCACertificates`. */
  readonly certificateAuthority: string;
  /** Rows by table name. */
  readonly ingested: ReadonlyMap<string, readonly Readonly<Record<string, unknown>>[]>;
  ingestion(): { readonly accepted: number; readonly refused: readonly Refusal[] };
  requests(): RequestCounts;
  tokens(): TokenCounts;
  /** How ingestion answers from now on. */
  setIngestion(mode: IngestionMode): void;
  stop(): Promise<void>;
}

/** Shaped like the immutable id of a data collection rule. */
const ruleId = 'dcr-0123456789abcdef0123456789abcdef';

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { estate = demoEstate(), latencyMs = 0, jitter = 0, faults = {}, logsIngestion: withIngestion = true, ingestionFaults = {} } = options;
  const tokens = issuer(options.tokenLifetimeMs);
  const requests = counter();
  const ingestion = logsIngestion(ruleId, tokens);
  let mode: IngestionMode = null;
  let origin = '';
  const arm = resourceManager({ estate, faults: faultPlan(estate.faults, faults), tokens, counter: requests, origin: () => origin });
  const ingest = (request: Request): Outcome => {
    if (mode === null) {
      const answer = ingestionFaults.before?.() ?? ingestion.answer(request);
      return typeof answer === 'object' && ingestionFaults.after ? ingestionFaults.after(answer) : answer;
    }
    return typeof mode === 'number' ? failure(mode, 'Sandbox', `Ingestion was told to answer ${mode}.`, mode === 429 ? { 'retry-after': '1' } : {}) : mode;
  };
  const certificate = loopbackCertificate();
  const latency = { milliseconds: latencyMs, jitter };
  const azure = await listen(request => (withIngestion && ingestionPath.test(request.path) ? ingest(request) : arm(request)), latency, certificate);
  origin = azure.origin;
  const identity = await listen(request => tokens.answer(request), { milliseconds: 0, jitter: 0 });
  return {
    environment: {
      AZURE_CLOUD: 'custom',
      ARM_ENDPOINT: origin,
      ARM_AUDIENCE: tokens.armAudience,
      IDENTITY_ENDPOINT: `${identity.origin}/msi/token`,
      IDENTITY_HEADER: tokens.identityHeader,
      ...(withIngestion && { LOGS_AUDIENCE: tokens.logsAudience, LOGS_INGESTION_ENDPOINT: origin, LOGS_RULE_ID: ruleId }),
    },
    certificateAuthority: certificate.authority,
    ingested: ingestion.rows,
    ingestion: () => ({ accepted: ingestion.accepted(), refused: [...ingestion.refused] }),
    requests: () => requests.counts(),
    tokens: () => tokens.counts(),
    setIngestion(next) {
      mode = next;
    },
    async stop() {
      await Promise.all([azure.stop(), identity.stop()]);
    },
  };
}
