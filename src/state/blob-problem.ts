import { isRestError } from '@azure/core-rest-pipeline';
import { RefusedRequestError, ThrottledError } from '../azure/errors.ts';
import { Problem } from '../core/problem.ts';

/** What storage answered: HTTP status, 0 where there was no answer, and its own error code, empty where it gave none. */
export function statusOf(error: unknown): { readonly status: number; readonly code: string } {
  if (!isRestError(error)) return { status: 0, code: '' };
  return { status: error.statusCode ?? 0, code: error.response?.headers.get('x-ms-error-code') ?? error.code ?? '' };
}

/** Whether the next operation is likely to fail alike: there was no answer, or one that speaks of storage and not of the request. */
export function isOutage(error: unknown): boolean {
  if (error instanceof ThrottledError) return true;
  const { status } = statusOf(error);
  return isRestError(error) && (status === 0 || status === 408 || status === 429 || status >= 500);
}

/** An error of the storage service in words, with what mends it. A defect of this program stays what it is. */
export function problemOf(error: unknown, url: string): unknown {
  if (error instanceof Problem || error instanceof RefusedRequestError) return error;
  const { status, code } = statusOf(error);
  const what = `Cannot use the container ${url}, which keeps rows until they are delivered and what the next scan must know`;
  if (status === 0) return new Problem(`${what}: ${firstLine(error)}`, isRestError(error) ? 'Check STATE_URL, the DNS name in it and the network of the storage account.' : 'Check the identity of the app.', error);
  const answered = `${what}: storage answered ${[status, code].filter(Boolean).join(' ')}.`;
  return new Problem(answered, fixOf(status, code), error);
}

/** The container is not there, and could not be made. */
export function notMade(error: unknown, url: string): unknown {
  const { status, code } = statusOf(error);
  if (status !== 403) return error;
  const { hostname, pathname } = new URL(url);
  const command = `az storage container create --auth-mode login --account-name ${hostname.split('.', 1)[0]} --name ${pathname.slice(1)}`;
  return new Problem(`The container ${url} is not there, and the identity may not make it (403 ${code}).`, `Make it: ${command}`, error);
}

const role = 'Grant Storage Blob Data Contributor on the container to the identity.';
const network = 'Let the network of the app through the firewall of the storage account.';

/** @see https://learn.microsoft.com/rest/api/storageservices/blob-service-error-codes */
function fixOf(status: number, code: string): string {
  if (status === 401) return `Check the identity and STORAGE_AUDIENCE. ${role}`;
  // This is what a firewall answers; a role that is missing is AuthorizationPermissionMismatch.
  if (status === 403) return code === 'AuthorizationFailure' ? `${network} ${role}` : `${role} ${network}`;
  if (status === 404) return 'Check STATE_URL: the names in it are case-sensitive.';
  if (status === 408 || status === 429 || status >= 500) return 'Look at the health of the storage account.';
  return 'Check STATE_URL, and the policies and leases of the container.';
}

function firstLine(error: unknown): string {
  const line = (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
  return /[.!?]$/.test(line) ? line : `${line}.`;
}
