import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** `nobody`: whom Postgres runs as when we are root, because it refuses to run as root. */
const NOBODY = 65534;

export const isRoot = (): boolean => process.getuid?.() === 0;

/** Whom Postgres runs as: the owner of an existing data folder, else nobody; undefined (ourselves) when not root. */
export function postgresUser(dataDir: string): { uid: number; gid: number } | undefined {
  if (!isRoot()) return undefined;
  const owner = statSync(dataDir, { throwIfNoEntry: false });
  return owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : { uid: NOBODY, gid: NOBODY };
}

/**
 * `dir`, or where it lies under a folder that an unprivileged user cannot enter (a checkout in /root), a folder of its
 * own below `fallback`. Changes nothing when we are not root.
 */
export function reachableDir(dir: string, fallback: string): string {
  const absolute = resolve(dir);
  if (!isRoot() || ancestorsOpen(dirname(absolute))) return absolute;
  const key = createHash('sha256').update(absolute).digest('hex').slice(0, 12);
  return join(fallback, `${basename(absolute)}-${key}`);
}

function ancestorsOpen(dir: string): boolean {
  const stat = statSync(dir, { throwIfNoEntry: false });
  // A folder that is not there yet is made by us, open to others.
  if (stat && (stat.mode & 0o001) === 0) return false;
  return dir === dirname(dir) || ancestorsOpen(dirname(dir));
}
