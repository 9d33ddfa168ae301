import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { linesOf } from '../analysis/lines.ts';
import { queryFailed, queryTimedOut, queryTooManyRows } from './duckdb.errors.ts';
import { type ArrowRequest, type ChildError, type ChildRequest, lineTag, type SqlRequest } from './protocol.ts';

export type ChildRun = (Omit<SqlRequest, 'tempDir'> | ArrowRequest) & {
  timeoutMs: number;
  signal?: AbortSignal | undefined;
};

// The program beside our bundle, or, run from source, the TypeScript file.
const fromSource = import.meta.url.endsWith('.ts');
const program = fileURLToPath(new URL(fromSource ? '../duckdb-child.ts' : './duckdb-child.mjs', import.meta.url));

/**
 * Runs one statement in a process of its own and yields its lines, as `{columns}` first and then each row's JSON text.
 * The process is killed when the time is over, the signal aborts, or the reader leaves; a reader that does not keep up
 * holds it back. DuckDB never runs in the service itself: a query that eats memory or crashes costs itself only.
 */
export async function* runChild({ timeoutMs, signal, ...request }: ChildRun): AsyncGenerator<string, void> {
  signal?.throwIfAborted();
  const tempDir = await mkdtemp(join(tmpdir(), 'llmops-query-'));
  const child = spawn(
    process.execPath,
    ['--max-old-space-size=256', '--disable-warning=ExperimentalWarning', program],
    {
      stdio: ['pipe', 'pipe', 'pipe'],
      // None of our secrets.
      env: { TZ: 'UTC', TMPDIR: tempDir, HOME: tempDir },
      cwd: tempDir,
    },
  );
  let timedOut = false;
  const kill = () => child.kill('SIGKILL');
  const timer = setTimeout(() => {
    timedOut = true;
    kill();
  }, timeoutMs);
  signal?.addEventListener('abort', kill, { once: true });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-2_000);
  });
  const closed = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, by) => resolve(`exit ${by ?? code}`));
  });
  child.stdin.on('error', () => {});
  child.stdin.end(JSON.stringify(withTempDir(request, tempDir)));
  try {
    for await (const line of linesOf(child.stdout.setEncoding('utf8'))) {
      if (line[0] === lineTag.done) return;
      if (line[0] === lineTag.error)
        throw toError(JSON.parse(line.slice(1)) as ChildError, 'maxRows' in request ? request.maxRows : 0);
      yield line;
    }
    const end = await closed;
    signal?.throwIfAborted();
    if (timedOut) throw queryTimedOut(timeoutMs);
    throw queryFailed('the query ran out of memory or ended unexpectedly', new Error(`${end}: ${stderr}`));
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', kill);
    kill();
    await closed;
    await rm(tempDir, { recursive: true, force: true });
  }
}

const toError = ({ kind, message }: ChildError, maxRows: number) =>
  kind === 'rows' ? queryTooManyRows(maxRows) : queryFailed(message);

const withTempDir = (request: Omit<SqlRequest, 'tempDir'> | ArrowRequest, tempDir: string): ChildRequest =>
  request.task === 'sql' ? { ...request, tempDir } : request;
