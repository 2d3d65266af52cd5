import { AsyncLocalStorage } from 'node:async_hooks';
import type { Source } from '../core/fact.ts';
import { MalformedAnswerError } from './errors.ts';

/** More pages than any list here can have: a subscription holds at most 1,000 accounts. */
const mostPages = 1_000;

/** An error that Resource Manager answered with. */
export interface Failure {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly source: Source;
}

/**
 * What one call put on the wire. The SDK clients drop fields they do not model, make a resource without properties
 * look like one with defaults, and lose ARM's message for lists; so the SDK asks, and the wire is read.
 */
export interface Capture {
  readonly bodies: unknown[];
  /** The request of each body. */
  readonly sources: Source[];
  /** Elements of all pages, each id once: a list that changes while it is read repeats elements. */
  readonly items: unknown[];
  readonly ids: Set<string>;
  /** Where the next page is; null behind the last one, and where a page failed. */
  nextLink: string | null;
  failure: Failure | null;
}

const storage = new AsyncLocalStorage<Capture>();

export function newCapture(): Capture {
  return { bodies: [], sources: [], items: [], ids: new Set(), nextLink: null, failure: null };
}

/** Runs a call of an SDK client, whose requests find the capture by `currentCapture`. */
export function during<T>(capture: Capture, call: () => Promise<T>): Promise<T> {
  return storage.run(capture, call);
}

/** @throws Error where an SDK client is called outside `during`: nobody would see the answer */
export function currentCapture(): Capture {
  const capture = storage.getStore();
  if (!capture) throw new Error('An SDK client was called outside of Arm.all.');
  return capture;
}

/** Refuses a page that was read before, and pages without end. */
export function refuseEndlessPages(capture: Capture, source: Source): void {
  if (capture.sources.includes(source)) throw new MalformedAnswerError('A nextLink leads back to a page that was read already.', source);
  if (capture.sources.length >= mostPages) throw new MalformedAnswerError(`The list has more than ${mostPages} pages.`, source);
}

/**
 * Keeps an answer. A further page that brings nothing new and leads on means a list that turns in circles with ever
 * new links.
 * @returns where the next page is; null for the last one
 */
export function keep(capture: Capture, body: unknown, source: Source): string | null {
  capture.bodies.push(body);
  capture.sources.push(source);
  if (!isPage(body)) return null;
  const nextLink = nextLinkOf(body, source);
  // Most lists are short: what stands alone repeats nothing.
  if (nextLink === null && capture.bodies.length === 1 && body.value.length < 2) {
    capture.items.push(...body.value);
    return null;
  }
  let fresh = 0;
  for (const item of body.value) {
    const id = idOf(item);
    if (id !== null && capture.ids.has(id)) continue;
    if (id !== null) capture.ids.add(id);
    capture.items.push(item);
    fresh += 1;
  }
  if (nextLink !== null && capture.bodies.length > 1 && body.value.length > 0 && fresh === 0) {
    throw new MalformedAnswerError('A further page repeats earlier ones: the list has no end.', source);
  }
  return nextLink;
}

function nextLinkOf({ nextLink }: Page, source: Source): string | null {
  if (nextLink === undefined || nextLink === null || nextLink === '') return null;
  if (typeof nextLink !== 'string' || !URL.canParse(nextLink, 'https://any')) throw new MalformedAnswerError('nextLink is not an address.', source);
  return nextLink;
}

/** The elements of a list, or an error where an answer was none. */
export function itemsOf({ bodies, sources, items }: Capture): unknown[] {
  const strays = sources.filter((_, index) => !isPage(bodies[index]));
  if (strays.length > 0) throw new MalformedAnswerError('The answer has no list named "value".', ...strays);
  return items;
}

interface Page {
  readonly value: readonly unknown[];
  readonly nextLink?: unknown;
}

function isPage(body: unknown): body is Page {
  return typeof body === 'object' && body !== null && 'value' in body && Array.isArray(body.value);
}

function idOf(item: unknown): string | null {
  return typeof item === 'object' && item !== null && 'id' in item && typeof item.id === 'string' ? item.id.toLowerCase() : null;
}
