/** An error for people: what happened and to what, then the command, setting or permission that fixes it. */
export class Problem extends Error {
  readonly fix: string;

  constructor(what: string, fix: string, cause?: unknown) {
    super(`${what} ${fix}`, cause === undefined ? undefined : { cause });
    this.name = 'Problem';
    this.fix = fix;
  }
}
