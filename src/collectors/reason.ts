import { isRestError } from '@azure/core-rest-pipeline';
import { z } from 'zod';
import { ArmError, MalformedAnswerError, ProviderUnreachableError, RefusedRequestError, ThrottledError } from '../azure/errors.ts';
import { unknown, type Reason, type Source, type Unknown } from '../core/fact.ts';

/** ARM error codes of a cloud or region that does not have the API. */
const unsupportedCodes = new Set([
  'NoRegisteredProviderFound',
  'InvalidApiVersionParameter',
  'InvalidResourceType',
  'InvalidResourceNamespace',
  'UnsupportedApiVersion',
  'MissingRegistrationForLocation',
  'FeatureNotSupported',
]);

/**
 * Turns an exception into the reason why something is not known.
 * @param what what was being read, and of what
 * @param actions what the identity needs for it
 * @param sources where it came from, for an exception that does not know
 */
export function unknownBecause(error: unknown, what: string, actions: readonly string[], sources: readonly Source[] = []): Unknown {
  const { reason, detail, sources: own } = judge(error);
  return unknown(reason, `Cannot read ${what}: ${detail}`, own.length > 0 ? own : sources, reason === 'denied' && grantHelps(error) ? actions.join(', ') : undefined);
}

/** Without a token, or with a wrong one, no role helps. */
function grantHelps(error: unknown): boolean {
  return error instanceof ArmError && error.status === 403;
}

interface Judged {
  readonly reason: Reason;
  readonly detail: string;
  /** Empty where the exception does not know. */
  readonly sources: readonly Source[];
}

function judge(error: unknown): Judged {
  if (error instanceof ArmError) return { ...ofAnswer(error), sources: [error.source] };
  if (error instanceof ThrottledError) return { reason: 'throttled', detail: error.message, sources: [] };
  if (error instanceof ProviderUnreachableError) return { reason: 'unreachable', detail: error.message, sources: [] };
  if (error instanceof MalformedAnswerError) return { reason: 'malformed', detail: error.message, sources: error.sources };
  if (error instanceof RefusedRequestError) return { reason: 'malformed', detail: error.message, sources: [] };
  if (error instanceof z.ZodError) return { reason: 'malformed', detail: `the answer is not what the API promises: ${issuesInWords(error)}.`, sources: [] };
  if (isRestError(error)) return { reason: 'unreachable', detail: sentence(`${error.code ?? 'no answer'}: ${error.message}`), sources: [] };
  if (isCredentialError(error)) return { reason: 'denied', detail: sentence(`no token: ${error.message}`), sources: [] };
  return { reason: 'failed', detail: sentence(error instanceof Error ? error.message : String(error)), sources: [] };
}

function ofAnswer({ status, code, message }: ArmError): Omit<Judged, 'sources'> {
  const answered = `Azure answered ${status}${code === '' ? '' : ` ${code}`}`;
  const who = code === 'AuthorizationFailed' ? objectId(message) : null;
  const detail = sentence(who === null ? `${answered}${message === '' ? '' : `: ${message}`}` : `${answered} (object id ${who})`);
  if (unsupportedCodes.has(code)) return { reason: 'unsupported', detail };
  if (status === 401 || status === 403) return { reason: 'denied', detail };
  if (status === 404) return { reason: 'missing', detail };
  if (status === 429) return { reason: 'throttled', detail };
  return { reason: 'failed', detail };
}

/** Of whom Azure says, in many words, that a role is missing: the action and the scope are said elsewhere. */
function objectId(message: string): string | null {
  return /with object id '([^']+)'/i.exec(message)?.[1] ?? null;
}

function isCredentialError(error: unknown): error is Error {
  return error instanceof Error && /^(CredentialUnavailable|AuthenticationRequired|Authentication|AggregateAuthentication)Error$/.test(error.name);
}

export function issuesInWords(error: z.ZodError): string {
  const issues = error.issues.map(({ path, message }) => `${path.join('.') || 'the answer'}: ${message}`);
  return `${issues.slice(0, 3).join('; ')}${issues.length > 3 ? `; and ${issues.length - 3} more` : ''}`;
}

/** The first line of a text, with one full stop. */
function sentence(text: string): string {
  const [line = ''] = text.trim().split(/\s*[\r\n]+/, 1);
  return `${line.length > 300 ? `${line.slice(0, 300)}…` : line.replace(/\.+$/, '')}.`;
}
