import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { promisify } from 'node:util';

interface PortOwner {
  pid: number;
  command: string;
}

/** The process that listens on a TCP port of this machine, as far as we may see it. */
async function portOwner(port: number): Promise<PortOwner | undefined> {
  return process.platform === 'linux' ? linuxOwner(port) : lsofOwner(port);
}

/** `PID (command)`, or a hint where the owner cannot be seen. */
export async function describePortOwner(port: number): Promise<string> {
  const owner = await portOwner(port);
  return owner ? `process ${owner.pid} (${owner.command})` : 'another process';
}

async function linuxOwner(port: number): Promise<PortOwner | undefined> {
  const inodes = new Set<string>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    const text = await readFile(table, 'utf8').catch(() => '');
    for (const inode of listeningInodes(text, port)) inodes.add(`socket:[${inode}]`);
  }
  if (inodes.size === 0) return undefined;
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    for (const fd of await readdir(`/proc/${pid}/fd`).catch(() => [])) {
      if (!inodes.has(await readlink(`/proc/${pid}/fd/${fd}`).catch(() => ''))) continue;
      const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      return { pid: Number(pid), command: command.replaceAll('\0', ' ').trim().slice(0, 80) };
    }
  }
  return undefined;
}

/** Inodes of the sockets in a `/proc/net/tcp` table that listen (state 0A) on the port. */
export function listeningInodes(table: string, port: number): string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return table
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((columns) => columns[1]?.endsWith(suffix) && columns[3] === '0A')
    .map((columns) => columns[9]!);
}

async function lsofOwner(port: number): Promise<PortOwner | undefined> {
  const listing = promisify(execFile)('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc']);
  const { stdout } = await listing.catch(() => ({ stdout: '' }));
  const pid = /^p(\d+)$/m.exec(stdout)?.[1];
  return pid ? { pid: Number(pid), command: /^c(.*)$/m.exec(stdout)?.[1] ?? '' } : undefined;
}
