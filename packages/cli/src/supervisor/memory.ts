import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/**
 * Resident bytes of each process with its descendants. Pages that a child shares with its parent are counted once, or
 * Postgres' sessions would seem to hold its buffers many times over.
 */
export async function memoryOf(pids: readonly number[]): Promise<Map<number, number>> {
  return process.platform === 'linux' ? linuxMemory(pids) : psMemory(pids);
}

async function linuxMemory(pids: readonly number[]): Promise<Map<number, number>> {
  const children = await childrenByParent();
  const result = new Map<number, number>();
  for (const pid of pids) {
    let bytes = (await residentBytes(pid)).all;
    const queue = [...(children.get(pid) ?? [])];
    for (let child = queue.pop(); child !== undefined; child = queue.pop()) {
      bytes += (await residentBytes(child)).own;
      queue.push(...(children.get(child) ?? []));
    }
    result.set(pid, bytes);
  }
  return result;
}

async function childrenByParent(): Promise<Map<number, number[]>> {
  const children = new Map<number, number[]>();
  for (const name of (await readdir('/proc')).filter((one) => /^\d+$/.test(one))) {
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  return children;
}

const PAGE_BYTES = 4096;

async function residentBytes(pid: number): Promise<{ all: number; own: number }> {
  const statm = (await readFile(`/proc/${pid}/statm`, 'utf8').catch(() => '0 0 0')).split(' ').map(Number);
  const [, resident = 0, shared = 0] = statm;
  return { all: resident * PAGE_BYTES, own: (resident - shared) * PAGE_BYTES };
}

async function psMemory(pids: readonly number[]): Promise<Map<number, number>> {
  const listing = promisify(execFile)('ps', ['-o', 'pid=,rss=', '-p', pids.join(',')]);
  const { stdout } = await listing.catch(() => ({ stdout: '' }));
  const rows = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  return new Map(rows.map(([pid = 0, kilobytes = 0]) => [pid, kilobytes * 1024]));
}
