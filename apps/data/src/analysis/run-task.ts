import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { analysisFailed, analysisTimedOut } from './analysis.errors.ts';
import { lineTag } from './protocol.ts';
import type { TaskName, TaskResult } from './tasks.ts';

export interface TaskRun<Name extends TaskName> {
  readonly task: Name;
  readonly input: unknown;
  /** JSON texts, one an item, without line ends. */
  readonly items: AsyncIterable<string>;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

// The program beside our bundle, or, run from source, the TypeScript file.
const fromSource = import.meta.url.endsWith('.ts');
const program = fileURLToPath(new URL(fromSource ? '../analysis-child.ts' : './analysis-child.mjs', import.meta.url));
const heapMb = 2_048;

/**
 * Runs a task over items in a process of its own and gives its result. The process is killed when the time is over or the
 * signal aborts, whatever it is at; the items are read no faster than it takes them. Throws `data.analysis_failed`,
 * `data.analysis_timed_out`, or what reading the items threw.
 */
export async function runTask<Name extends TaskName>(run: TaskRun<Name>): Promise<TaskResult<Name>> {
  const { task, input, items, timeoutMs, signal } = run;
  signal?.throwIfAborted();
  const tempDir = await mkdtemp(join(tmpdir(), 'llmops-analysis-'));
  const child = spawn(
    process.execPath,
    [`--max-old-space-size=${heapMb}`, '--disable-warning=ExperimentalWarning', program],
    // None of our secrets.
    { stdio: ['pipe', 'pipe', 'pipe'], env: { TZ: 'UTC', TMPDIR: tempDir, HOME: tempDir }, cwd: tempDir },
  );
  let timedOut = false;
  const kill = () => child.kill('SIGKILL');
  const timer = setTimeout(() => {
    timedOut = true;
    kill();
  }, timeoutMs);
  signal?.addEventListener('abort', kill, { once: true });
  const output = [child.stdout, child.stderr].map((stream, at) => collected(stream, at === 0 ? maxResultBytes : 2_000));
  const closed = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, by) => resolve(`exit ${by ?? code}`));
  });
  child.stdin.on('error', () => {});
  try {
    await feed(child.stdin, JSON.stringify({ task, input }), items, closed);
    const end = await closed;
    signal?.throwIfAborted();
    if (timedOut) throw analysisTimedOut(timeoutMs);
    const [result, log] = await Promise.all(output);
    if (result![0] === lineTag.result) return JSON.parse(result!.slice(1)) as TaskResult<Name>;
    const reason =
      result![0] === lineTag.error
        ? (JSON.parse(result!.slice(1)) as string)
        : 'it ran out of memory or ended unexpectedly';
    throw analysisFailed(reason, new Error(`${end}: ${log}`));
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', kill);
    kill();
    await closed;
    await rm(tempDir, { recursive: true, force: true });
  }
}

const maxResultBytes = 64 << 20;
const batchBytes = 256 << 10;

/** Until the items end, or the child does. */
async function feed(
  stdin: NodeJS.WritableStream,
  first: string,
  items: AsyncIterable<string>,
  closed: Promise<string>,
): Promise<void> {
  let ended = false;
  void closed.then(() => {
    ended = true;
  });
  let batch = `${first}\n`;
  for await (const item of items) {
    if (ended) return;
    batch += `${item}\n`;
    if (batch.length < batchBytes) continue;
    if (!stdin.write(batch)) await Promise.race([once(stdin, 'drain').catch(() => closed), closed]);
    batch = '';
  }
  stdin.end(batch);
}

async function collected(stream: NodeJS.ReadableStream, maxBytes: number): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  stream.on('error', () => {});
  for await (const part of stream) {
    size += (part as Buffer).length;
    if (size <= maxBytes) parts.push(part as Buffer);
  }
  return Buffer.concat(parts).toString('utf8');
}
