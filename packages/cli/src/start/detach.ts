import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { type Paths, paths } from '../paths.ts';
import type { Settings } from '../settings.ts';
import type { Emit, UpEvent } from './events.ts';

/** Starts the supervisor in the background and passes on what it tells. Resolves with the exit code when it is ready. */
export function startDetached(settings: Settings, args: string[], emit: Emit): Promise<number> {
  const at = paths(settings.home);
  const output = openLog(at);
  const child = spawn(process.execPath, [process.argv[1]!, 'up', '--supervise', ...args], {
    cwd: '/',
    detached: true,
    stdio: ['ignore', output, output, 'ipc'],
  });
  closeSync(output);
  return new Promise((resolve) => {
    let code: number | undefined;
    const leave = (signal: NodeJS.Signals): void => {
      child.kill(signal);
    };
    process.on('SIGINT', leave).on('SIGTERM', leave);
    child.on('message', (event: UpEvent) => {
      emit(event);
      if (event.type === 'ready') {
        code = 0;
        child.disconnect();
        child.unref();
        resolve(0);
      }
      if (event.type === 'failed') code = 1;
    });
    child.once('error', (error) => {
      emit({ type: 'failed', message: String(error) });
      resolve(1);
    });
    child.once('exit', () => {
      if (code === undefined) emit({ type: 'failed', message: `The supervisor ended; see ${at.log('supervisor')}` });
      resolve(code ?? 1);
    });
  });
}

function openLog(at: Paths): number {
  mkdirSync(at.home, { recursive: true, mode: 0o700 });
  mkdirSync(at.logs, { recursive: true, mode: 0o700 });
  return openSync(at.log('supervisor'), 'a', 0o600);
}
