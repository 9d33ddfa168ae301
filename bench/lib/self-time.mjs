import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The functions of a `--cpu-prof` file that took the most time themselves, as share of the time not idle. */
export function topSelfTime(dir, count) {
  const [file] = readdirSync(dir).filter((name) => name.endsWith('.cpuprofile'));
  const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(join(dir, file), 'utf8'));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const micros = new Map();
  samples.forEach((id, i) => {
    const { functionName, url, lineNumber } = byId.get(id).callFrame;
    const name = `${functionName || '(anonymous)'} ${url.split('/').slice(-2).join('/')}${url ? `:${lineNumber + 1}` : ''}`;
    micros.set(name, (micros.get(name) ?? 0) + timeDeltas[i]);
  });
  for (const idle of ['(idle) ', '(root) ']) micros.delete(idle);
  const total = [...micros.values()].reduce((sum, one) => sum + one, 0);
  return [...micros]
    .sort(([, a], [, b]) => b - a)
    .slice(0, count)
    .map(([name, time]) => ({ name, share: time / total, ms: time / 1_000 }));
}
