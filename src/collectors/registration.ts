import { ArmError } from '../azure/errors.ts';
import { known, type Known } from '../core/fact.ts';

/**
 * A subscription in which a resource provider is not registered holds no resource of it: a resource can only be made
 * once it is, and a provider that has resources cannot be unregistered. Every other error stays one.
 * @see https://learn.microsoft.com/azure/azure-resource-manager/management/resource-providers-and-types
 */
export function noneWhereUnregistered(error: unknown): Known<unknown[]> {
  if (error instanceof ArmError && error.code === 'MissingSubscriptionRegistration') return known([], [error.source]);
  throw error;
}
