import { mkdir } from 'node:fs/promises';
import { paths } from '../paths.ts';
import { SERVICES } from '../services.ts';
import { CliError, type Settings } from '../settings.ts';
import { serveControl } from '../supervisor/control-server.ts';
import { releaseLock, takeLock } from '../supervisor/state-file.ts';
import { Supervisor } from '../supervisor/supervisor.ts';
import { bringUp } from './bring-up.ts';
import type { Emit } from './events.ts';

/** Ctrl-C reaches us twice when a parent forwards it too; only a later one means it. */
const SECOND_SIGNAL_MS = 1_000;
/** What shells give to a command ended by Ctrl-C. */
const INTERRUPTED = 130;

export interface RunOptions {
  settings: Settings;
  models: boolean;
  demo: boolean;
  emit: Emit;
  startedAt: number;
}

/** Is the supervisor until it is told to stop. Resolves with the exit code; 'busy' when this home has one already. */
export async function runSupervisor({ settings, models, demo, emit, startedAt }: RunOptions): Promise<number | 'busy'> {
  const at = paths(settings.home);
  await mkdir(at.home, { recursive: true, mode: 0o700 });
  if (!(await takeLock(at))) return 'busy';
  const supervisor = new Supervisor(at);
  const stopped = new AbortController();
  const told = new Promise<undefined>((resolve) => stopped.signal.addEventListener('abort', () => resolve(undefined)));
  const stop = (): void => stopped.abort();
  const unlisten = onSignals(supervisor, stop);
  const control = await serveControl(at.socket, supervisor, stop);
  let code = 0;
  try {
    const { signal } = stopped;
    const starting = bringUp({ settings, services: SERVICES, supervisor, emit, signal, models, demo, startedAt });
    // Told to stop while starting: the rest of the start fails on its own and is of no interest.
    starting.catch(() => {});
    const summary = await Promise.race([starting, told]);
    if (summary) {
      supervisor.phase = 'ready';
      emit({ type: 'ready', summary });
      await told;
    } else {
      code = INTERRUPTED;
    }
  } catch (error) {
    code = 1;
    emit({ type: 'failed', ...describe(error) });
  } finally {
    await supervisor.stop();
    control.close();
    control.closeAllConnections();
    await releaseLock(at);
    unlisten();
  }
  return code;
}

function describe(error: unknown): { message: string; log?: string } {
  if (error instanceof CliError) return { message: error.message, ...(error.log ? { log: error.log } : {}) };
  return { message: error instanceof Error ? error.message : String(error) };
}

/** The first signal stops in good order, a second one at once. */
function onSignals(supervisor: Supervisor, stop: () => void): () => void {
  let firstAt: number | undefined;
  const onSignal = (): void => {
    if (firstAt === undefined) {
      firstAt = Date.now();
      stop();
    } else if (Date.now() - firstAt > SECOND_SIGNAL_MS) {
      supervisor.kill();
    }
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, onSignal);
  return () => {
    for (const signal of signals) process.off(signal, onSignal);
  };
}
