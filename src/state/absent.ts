/**
 * For `catch`: a file that is not there is null.
 * @throws every other error
 */
export function nullWhereAbsent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
