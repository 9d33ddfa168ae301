import { readdirSync, readFileSync } from 'node:fs';

// Linux counts CPU time in ticks of 1/100 s and memory in pages.
const tickMs = 10;
const pageBytes = 4096;

/**
 * CPU time (user and system, ended children included) and resident memory of a process and all below it. CPU time
 * hardly depends on what else the machine does, which is why the benches compare it and not throughput.
 */
export function processTree(pid) {
  const all = readProcesses();
  const pids = [pid];
  for (const parent of pids) {
    for (const [child, { ppid }] of all) if (ppid === parent) pids.push(child);
  }
  const known = pids.flatMap((id) => all.get(id) ?? []);
  const cpuMs = known.reduce((sum, one) => sum + one.cpuMs, 0);
  const rssMb = known.reduce((sum, one) => sum + one.rssBytes, 0) / 2 ** 20;
  return { pids, cpuMs, rssMb: Math.round(rssMb * 10) / 10 };
}

function readProcesses() {
  const all = new Map();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
      // The command's name may hold spaces; it ends with the last bracket.
      const fields = stat
        .slice(stat.lastIndexOf(')') + 2)
        .split(' ')
        .map(Number);
      const cpuMs = (fields[11] + fields[12] + fields[13] + fields[14]) * tickMs;
      all.set(Number(entry), { ppid: fields[1], cpuMs, rssBytes: fields[21] * pageBytes });
    } catch {
      // It ended while we looked.
    }
  }
  return all;
}

/** The machine's load of the last minute: what to look at before trusting a latency. */
export const loadAverage = () => Number(readFileSync('/proc/loadavg', 'utf8').split(' ')[0]);
