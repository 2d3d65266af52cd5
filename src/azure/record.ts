import type { PipelineRequest, PipelineResponse } from '@azure/core-rest-pipeline';
import { addressOf } from './address.ts';
import { keep, refuseEndlessPages, type Capture } from './capture.ts';
import { beginning, errorIn, parsed } from './error-body.ts';
import { MalformedAnswerError } from './errors.ts';
import { refuseUnlessAllowed, type Allowance } from './guard.ts';
import type { Send } from './http-client.ts';

/** Sends a request and records what was on the wire for the call that asked: the answer that it gets in the end, and not one that was asked for again. */
export type Recorded = (request: PipelineRequest, capture: Capture) => Promise<PipelineResponse>;

/** @param send with retries and all: what it gives is what is recorded */
export function recording(send: Send, allowance: Allowance): Recorded {
  return async (request, capture) => {
    const { method, url } = request;
    const source = sourceOf(request);
    // A page on another host is no page that was read before, whatever its path.
    if (capture.sources.length > 0) refuseUnlessAllowed(method, url, allowance);
    capture.failure = null;
    capture.nextLink = null;
    if (method === 'GET') refuseEndlessPages(capture, source);
    const response = await send(request);
    // A redirect changes the request.
    record(capture, response, request.url === url ? source : sourceOf(request));
    return response;
  };
}

function sourceOf({ method, url }: PipelineRequest): string {
  return `${method} ${addressOf(url).target}`;
}

function record(capture: Capture, { status, bodyAsText }: PipelineResponse, source: string): void {
  if (status !== 200) {
    capture.failure = { status, ...errorIn(bodyAsText), source };
    return;
  }
  const body = parsed(bodyAsText);
  if (typeof body !== 'object' || body === null) throw new MalformedAnswerError(`The answer is not JSON: ${beginning(bodyAsText) || '(empty)'}`, source);
  capture.nextLink = keep(capture, body, source);
}

/**
 * What an SDK gets of a page: no elements. They are read from the record, and one element that the SDK's model cannot
 * make sense of would cost all others.
 */
export function withoutElements(response: PipelineResponse, { nextLink }: Capture): PipelineResponse {
  if (response.status !== 200) return response;
  response.headers.set('content-type', 'application/json');
  return { ...response, bodyAsText: JSON.stringify({ value: [], nextLink }) };
}
