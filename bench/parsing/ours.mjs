import { basename } from 'node:path';
import { processTree } from '../lib/process-tree.mjs';

const { ParserPool } = await import(new URL('../../apps/retrieval/src/parsing/index.ts', import.meta.url).href);

/** Reads all files through one worker, as the service does; the CPU time is that of this process and the worker. */
export async function readOurs(paths) {
  const pool = new ParserPool({ workers: 1 });
  const startedAt = performance.now();
  await pool.start();
  const startMs = performance.now() - startedAt;
  const cpuBefore = processTree(process.pid).cpuMs;
  const files = [];
  for (const path of paths) files.push(await readOne(pool, path));
  const { cpuMs, rssMb } = processTree(process.pid);
  await pool.stop();
  return { startMs, maxRssMb: rssMb, files, cpuMsPerFile: (cpuMs - cpuBefore) / paths.length };
}

async function readOne(pool, path) {
  const startedAt = performance.now();
  try {
    const document = await pool.parse({ path, fileName: basename(path) });
    return { path, document, markdown: markdownOf(document), wallMs: performance.now() - startedAt };
  } catch (error) {
    if (!error.code) throw error;
    return { path, error: `${error.code}: ${error.reason}`, wallMs: performance.now() - startedAt };
  }
}

/** The blocks with the marks that Markdown has for headings and code; the rest is its own text. */
function markdownOf({ text, blocks }) {
  return blocks
    .map(({ kind, level, start, end }) => {
      const own = text.slice(start, end);
      if (kind === 'heading') return `${'#'.repeat(level ?? 1)} ${own}`;
      return kind === 'code' ? `\`\`\`\n${own}\n\`\`\`` : own;
    })
    .join('\n\n');
}
