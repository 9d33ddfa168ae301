const namePattern = /^[A-Za-z0-9_-]{1,64}$/;
const hashPattern = /^[0-9a-f]{64}$/;

export const isObjectName = (name: string): boolean => namePattern.test(name);
export const isObjectHash = (name: string): boolean => hashPattern.test(name);

/** Names become parts of paths: what could climb out of its project must not get there. */
export function checkedName(name: string): string {
  if (!isObjectName(name)) throw new Error(`${JSON.stringify(name)} cannot be part of an object's path`);
  return name;
}

export function checkedHash(sha256: string): string {
  if (!isObjectHash(sha256)) throw new Error('an object is named by its sha256');
  return sha256;
}
