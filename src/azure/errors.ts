import type { Source } from '../core/fact.ts';

/** Resource Manager answered with an error. */
export class ArmError extends Error {
  readonly status: number;
  /** ARM's error code, for example `AuthorizationFailed`; empty where the body had none. */
  readonly code: string;
  readonly source: Source;

  constructor(status: number, code: string, message: string, source: Source) {
    super(message);
    this.name = 'ArmError';
    this.status = status;
    this.code = code;
    this.source = source;
  }
}

/** The scan's deadline came before an answer. Nothing is sent any more. */
export class DeadlineError extends Error {
  constructor() {
    super("The scan's time was over before Azure answered.");
    this.name = 'DeadlineError';
  }
}

/** A resource provider answered nothing for a while, and is left alone for a moment. */
export class ProviderUnreachableError extends Error {
  /**
   * @param provider namespace as in the path, for example `Microsoft.Security`
   * @param unanswered how many requests in a row had no answer
   * @param againInMs when it is asked again; 0 where one request is finding out right now
   */
  constructor(provider: string, unanswered: number, againInMs: number) {
    const again = againInMs > 0 ? `not asked again for ${Math.ceil(againInMs / 1000)} s` : 'not asked again before one request is answered';
    super(`${provider} answered none of the last ${unanswered} requests; ${again}.`);
    this.name = 'ProviderUnreachableError';
  }
}

/** Azure asked for a longer wait than a scan may take. */
export class ThrottledError extends Error {
  readonly retryAfterMs: number;

  constructor(retryAfterMs: number) {
    super(`Azure asks to wait ${Math.round(retryAfterMs / 1000)} s, which is longer than the scan may wait.`);
    this.name = 'ThrottledError';
    this.retryAfterMs = retryAfterMs;
  }
}

/** A successful answer that is not what the API promises: no JSON, no list, pages without end. */
export class MalformedAnswerError extends Error {
  readonly sources: readonly Source[];

  constructor(message: string, ...sources: readonly Source[]) {
    super(message);
    this.name = 'MalformedAnswerError';
    this.sources = sources;
  }
}

/** The transport refused to send a request. It is a defect, or an answer that tried to lead us elsewhere. */
export class RefusedRequestError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RefusedRequestError';
  }
}
