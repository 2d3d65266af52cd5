import { isRestError } from '@azure/core-rest-pipeline';
import { z } from 'zod';
import { ArmError, MalformedAnswerError, RefusedRequestError, ThrottledError } from '../azure/errors.ts';
import { unknown, type Reason, type Source, type Unknown } from '../core/fact.ts';

/** ARM error codes of a cloud or region that does not have the API. */
const unsupportedCodes = new Set(['NoRegisteredProviderFound', 'InvalidApiVersionParameter', 'InvalidResourceType', 'UnsupportedApiVersion', 'MissingRegistrationForLocation', 'FeatureNotSupported']);

/**
 * Turns an exception into the reason why something is not known.
 * @param what what was being read, and of what
 * @param actions what the identity needs for it
 */
export function unknownBecause(error: unknown, what: string, actions: readonly string[]): Unknown {
  const { reason, detail, source } = judge(error);
  const permission = reason === 'denied' ? actions.join(', ') : undefined;
  return unknown(reason, `Cannot read ${what}: ${detail}`, source === null ? [] : [source], permission);
}

interface Judged {
  readonly reason: Reason;
  readonly detail: string;
  readonly source: Source | null;
}

function judge(error: unknown): Judged {
  if (error instanceof ArmError) return { ...ofAnswer(error), source: error.source };
  if (error instanceof ThrottledError) return { reason: 'throttled', detail: error.message, source: null };
  if (error instanceof MalformedAnswerError || error instanceof RefusedRequestError) {
    return { reason: 'malformed', detail: error.message, source: error instanceof MalformedAnswerError ? error.source : null };
  }
  if (error instanceof z.ZodError) return { reason: 'malformed', detail: `the answer is not what the API promises: ${issuesInWords(error)}`, source: null };
  if (isRestError(error)) return { reason: 'unreachable', detail: `${error.code ?? 'no answer'}: ${firstLine(error.message)}`, source: null };
  if (isCredentialError(error)) return { reason: 'denied', detail: `no token: ${firstLine(error.message)}`, source: null };
  return { reason: 'failed', detail: error instanceof Error ? firstLine(error.message) : String(error), source: null };
}

function ofAnswer({ status, code, message }: ArmError): Omit<Judged, 'source'> {
  const detail = `Azure answered ${status}${code === '' ? '' : ` ${code}`}${message === '' ? '' : `: ${firstLine(message)}`}.`.replace('..', '.');
  if (unsupportedCodes.has(code)) return { reason: 'unsupported', detail };
  if (status === 401 || status === 403) return { reason: 'denied', detail };
  if (status === 404) return { reason: 'missing', detail };
  if (status === 429) return { reason: 'throttled', detail };
  return { reason: 'failed', detail };
}

function isCredentialError(error: unknown): error is Error {
  return error instanceof Error && /^(CredentialUnavailable|AuthenticationRequired|Authentication|AggregateAuthentication)Error$/.test(error.name);
}

function issuesInWords(error: z.ZodError): string {
  const issues = error.issues.map(({ path, message }) => `${path.join('.') || 'the answer'}: ${message}`);
  return `${issues.slice(0, 3).join('; ')}${issues.length > 3 ? `; and ${issues.length - 3} more` : ''}`;
}

function firstLine(text: string): string {
  const line = text.split('\n', 1)[0] ?? '';
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}
