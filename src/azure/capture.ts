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
  failure: Failure | null;
}

const storage = new AsyncLocalStorage<Capture>();

/** Runs a call and returns what was on the wire, also when the call threw. */
export async function capturing(call: () => Promise<unknown>): Promise<{ readonly capture: Capture; readonly thrown: unknown }> {
  const capture: Capture = { bodies: [], sources: [], items: [], ids: new Set(), failure: null };
  try {
    await storage.run(capture, call);
    return { capture, thrown: null };
  } catch (thrown) {
    return { capture, thrown };
  }
}

export function currentCapture(): Capture | undefined {
  return storage.getStore();
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
  const fresh = body.value.filter(item => {
    const id = idOf(item);
    return id === null || !capture.ids.has(id);
  });
  if (nextLink !== null && capture.bodies.length > 1 && body.value.length > 0 && fresh.length === 0) {
    throw new MalformedAnswerError('A further page repeats earlier ones: the list has no end.', source);
  }
  for (const item of fresh) {
    const id = idOf(item);
    if (id !== null && capture.ids.has(id)) continue;
    if (id !== null) capture.ids.add(id);
    capture.items.push(item);
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
