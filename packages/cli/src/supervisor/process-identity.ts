import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/**
 * Names a process for good: its id and when it started, since ids are given again. Undefined when there is none (or
 * only a zombie).
 */
export async function processIdentity(pid: number): Promise<string | undefined> {
  if (process.platform !== 'linux') {
    const listing = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)]).catch(() => undefined);
    return listing?.stdout.trim() ? `${pid}@${listing.stdout.trim()}` : undefined;
  }
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The command in parentheses may hold spaces; state is field 3, start time in ticks since boot is field 22.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[19] && fields[0] !== 'Z' ? `${pid}@${fields[19]}` : undefined;
}
