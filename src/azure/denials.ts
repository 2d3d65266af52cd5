import { subscriptionOf } from '../core/resource-id.ts';
import { kindOf } from './request-path.ts';

/**
 * Denials that a role would change. Right after a role was granted, and now and then without a reason, Resource Manager
 * answers so to an identity that may.
 * @see https://learn.microsoft.com/azure/role-based-access-control/troubleshooting#symptom---role-assignment-changes-are-not-being-detected
 */
const codes: ReadonlySet<string> = new Set(['AuthorizationFailed', 'LinkedAuthorizationFailed', 'Forbidden']);

/** After so many denials of one kind of request in a subscription a further one surprises nobody. */
const expectedAfter = 2;

/** Denials of a scan: which of them are worth a second question. */
export interface Denials {
  /**
   * Notes a 403.
   * @param code ARM's error code
   * @returns whether it is a surprise: that kind of request was not denied twice in that subscription
   */
  surprises(method: string, path: string, code: string): boolean;
}

export function denials(): Denials {
  const counts = new Map<string, number>();
  return {
    surprises(method, path, code) {
      if (!codes.has(code)) return false;
      const kind = `${subscriptionOf(path)} ${method} ${kindOf(path)}`;
      const before = counts.get(kind) ?? 0;
      counts.set(kind, before + 1);
      return before < expectedAfter;
    },
  };
}
