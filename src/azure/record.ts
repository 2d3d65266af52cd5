import type { PipelinePolicy, PipelineRequest, PipelineResponse } from '@azure/core-rest-pipeline';
import { currentCapture, keep, refuseEndlessPages, type Capture } from './capture.ts';
import { beginning, errorIn, parsed } from './error-body.ts';
import { MalformedAnswerError } from './errors.ts';
import { refuseUnlessAllowed, type Allowance } from './guard.ts';

/**
 * Records what was on the wire for the call that asked. It goes outside everything else: what is recorded is the answer
 * that the client gets in the end, and not one that was asked for again.
 */
export function recordPolicy(allowance: Allowance): PipelinePolicy {
  return {
    name: 'recordPolicy',
    async sendRequest(request, next) {
      // A page on another host is no page that was read before, whatever its path.
      refuseUnlessAllowed(request.method, request.url, allowance);
      const capture = currentCapture();
      if (!capture) return next(request);
      capture.failure = null;
      if (request.method === 'GET') refuseEndlessPages(capture, sourceOf(request));
      const response = await next(request);
      // A redirect changes the request.
      return recorded(capture, response, sourceOf(request));
    },
  };
}

function sourceOf({ method, url }: PipelineRequest): string {
  const { pathname, search } = new URL(url);
  return `${method} ${pathname}${search}`;
}

/**
 * Records an answer, and hands the SDK a page without its elements: they are read from the record, and one element
 * that the SDK's model cannot make sense of would cost all others.
 */
function recorded(capture: Capture, response: PipelineResponse, source: string): PipelineResponse {
  const { status, bodyAsText, headers } = response;
  if (status !== 200) {
    capture.failure = { status, ...errorIn(bodyAsText), source };
    return response;
  }
  const body = parsed(bodyAsText);
  if (typeof body !== 'object' || body === null) throw new MalformedAnswerError(`The answer is not JSON: ${beginning(bodyAsText) || '(empty)'}`, source);
  const nextLink = keep(capture, body, source);
  headers.set('content-type', 'application/json');
  return { ...response, bodyAsText: JSON.stringify({ value: [], nextLink }) };
}
