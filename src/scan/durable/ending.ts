/** A signal that ends work at a deadline, at once where that is past. */
export function endingAt(deadline: Date, now: Date): AbortSignal {
  const left = deadline.getTime() - now.getTime();
  return left > 0 ? AbortSignal.timeout(left) : AbortSignal.abort(new Error('The time of the scan is over.'));
}
