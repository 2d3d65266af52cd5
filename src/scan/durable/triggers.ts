import type { Environment } from '../../azure/clouds.ts';
import { Problem } from '../../core/problem.ts';
import type { ScanScope } from '../plan.ts';
import { appSettings } from '../settings.ts';
import { failureOf } from './messages.ts';
import { requestIn, scopeOf, textOf, type ScanRequest } from './request.ts';
import { removeHistories, startOnce, startWhole, type Started, type Starter } from './start.ts';

/** As much of an invocation's context as is used. */
export interface Logs {
  log(...args: unknown[]): void;
  warn(...args: unknown[]): void;
  error(...args: unknown[]): void;
}

/** The schedule fires: a scan of everything is started, unless one is running. */
export async function onSchedule(client: Starter, environment: Environment, context: Logs, isPastDue: boolean): Promise<void> {
  const { deadlineMinutes } = appSettings(environment);
  const started = await startWhole(client, { deadlineMinutes, message: null });
  if (started.kind === 'started') context.log('scan started', { scanId: started.scanId, isPastDue, warnings: started.warnings.join('\n') });
  else context.warn('scan not started: one is running', { since: started.since.toISOString() });
  await removeHistories(client).catch((error: unknown) => context.warn('old histories not removed', { problem: failureOf(error).problem }));
}

/** As much of the context of a message as is used. */
export interface MessageContext extends Logs {
  readonly invocationId: string;
  /** The queue's own id of the message is in it. */
  readonly triggerMetadata?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * A message of the queue asks for a scan.
 * @returns the message as text where nothing can be done for it: it belongs with those that could not be used, and is not
 *   tried again; null where it is dealt with
 * @throws Problem where it asks for a scan of everything while one is running: the queue delivers it again later
 */
export async function onMessage(client: Starter, environment: Environment, context: MessageContext, message: unknown): Promise<string | null> {
  const { deadlineMinutes, scope } = appSettings(environment);
  const id = idOf(context);
  const request = requested(message, scope);
  if (request instanceof Problem) {
    context.error('scan request refused', { message: id, problem: failureOf(request).problem });
    return textOf(message);
  }
  tell(request.kind === 'tenant' ? await startWhole(client, { deadlineMinutes, message: id }) : await startOnce(client, request, id), request, id, context);
  return null;
}

function idOf({ triggerMetadata, invocationId }: MessageContext): string {
  const id = triggerMetadata?.['id'];
  return typeof id === 'string' ? id : invocationId;
}

/** What is asked for, or why it cannot be. */
function requested(message: unknown, configured: ScanScope): ScanRequest | Problem {
  try {
    const request = requestIn(message);
    scopeOf(request, configured);
    return request;
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

function tell(started: Started, { kind }: ScanRequest, message: string, context: Logs): void {
  if (started.kind === 'started') return context.log('scan started', { scanId: started.scanId, kind, message, warnings: started.warnings.join('\n') });
  if (started.kind === 'again') return context.log('scan request delivered again', { message, since: started.since.toISOString() });
  throw new Problem(`A scan is running since ${started.since.toISOString()}; the one that message ${message} asks for has to wait.`, 'Nothing to do: the message is delivered again.');
}
