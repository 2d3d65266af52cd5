import { providerOf } from './request-path.ts';

/** An address, taken apart once for all who look at it. */
export interface Address {
  readonly origin: string;
  readonly hostname: string;
  /** Empty for the usual one. */
  readonly port: string;
  /** Host name and port, as in a Host field. */
  readonly host: string;
  /** Without the query. */
  readonly path: string;
  /** Path and query, as sent. */
  readonly target: string;
  /** Namespace of the resource provider that answers; null where Resource Manager itself does. */
  readonly provider: string | null;
}

/** A request is looked at by guards, limits, breaker and client in turn, and so are some hundred others meanwhile. */
const mostRemembered = 1_000;
const remembered = new Map<string, Address>();

/** @throws TypeError for what is no address */
export function addressOf(url: string): Address {
  const known = remembered.get(url);
  if (known) return known;
  const { origin, hostname, port, host, pathname: path, search } = new URL(url);
  const address = { origin, hostname, port, host, path, target: `${path}${search}`, provider: providerOf(path) };
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(url, address);
  return address;
}
