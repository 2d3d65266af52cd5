/** Parts of a name: plain in a file system, in an address and in a list of blobs. */
const plainName = /^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/;

/** @throws Error where a name is not one of a store: that is a defect, and might lead out of its place */
export function requirePlain(name: string): string {
  if (name.length > 500 || !plainName.test(name)) throw new Error(`"${name}" is not a name of the state.`);
  return name;
}
