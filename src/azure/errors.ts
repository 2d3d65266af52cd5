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
