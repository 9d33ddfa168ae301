import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { EmbeddedError } from './embedded-error.ts';

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A running server. `exited` settles when the process is gone, whoever ended it. */
export interface ServerProcess {
  pid: number;
  exited: Promise<Exit>;
  /** Stops it in good order; kills it when that takes too long. Safe to call twice. */
  stop(): Promise<void>;
}

export interface Launch {
  child: ChildProcess;
  pid: number;
  exited: Promise<Exit>;
  /** The last lines it wrote: what to show when it does not come up. */
  tail(): string;
}

const TAIL_BYTES = 8192;

/** Spawns a server in its own process group, so that Ctrl-C at a terminal reaches us and not it. */
export async function launch(
  file: string,
  args: string[],
  options: SpawnOptions & { onLog?: ((chunk: Buffer) => void) | undefined },
): Promise<Launch> {
  const { onLog, ...spawnOptions } = options;
  const child = spawn(file, args, { ...spawnOptions, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let tail = '';
  const onChunk = (chunk: Buffer): void => {
    tail = (tail + chunk.toString()).slice(-TAIL_BYTES);
    onLog?.(chunk);
  };
  child.stdout?.on('data', onChunk);
  child.stderr?.on('data', onChunk);
  const exited = new Promise<Exit>((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (cause) => reject(new EmbeddedError('embedded.spawn_failed', `${file}: ${cause}`, cause)));
  });
  return { child, pid: child.pid!, exited, tail: () => tail.trim() };
}

/** Runs a command to its end; throws with its output when it fails. */
export async function run(file: string, args: string[], options: SpawnOptions = {}): Promise<string> {
  const started = await launch(file, args, options);
  // `close` and not `exit`: the last output may come after the exit.
  const [{ code, signal }] = await Promise.all([
    started.exited,
    new Promise<void>((resolve) => started.child.once('close', resolve)),
  ]);
  if (code !== 0) {
    throw new EmbeddedError('embedded.command_failed', `${file} ended with ${code ?? signal}:\n${started.tail()}`);
  }
  return started.tail();
}

/** Sends the signals one after the other, waiting `ms` after each, until the process is gone. */
export async function stopWith(running: Launch, steps: [NodeJS.Signals, number][]): Promise<void> {
  for (const [signal, ms] of steps) {
    if (running.child.exitCode !== null || running.child.signalCode !== null) return;
    if (signal === 'SIGKILL') killGroup(running.pid);
    else running.child.kill(signal);
    if (await within(running.exited, ms)) return;
  }
}

/** Ends at once whatever is left of the process group that `launch` made: a server's own children. */
export function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody is left.
  }
}

/** Whether `promise` settles within `ms`. */
export async function within(promise: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const settled = await Promise.race([promise.then(() => true), late]);
  clearTimeout(timer);
  return settled;
}

/** Whether a process with this id exists (it may belong to someone else). */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
