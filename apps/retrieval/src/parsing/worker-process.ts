import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { config } from './config.ts';
import type { ParserInstall } from './ensure-parser.ts';
import { frame, readFrames } from './frames.ts';

export interface WorkerRequest {
  op: 'parse' | 'render';
  path: string;
  [setting: string]: string | number;
}

interface WorkerExit {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** The last it wrote on stderr. */
  tail: string;
}

/** The worker is gone, and with it the document it read. */
export class WorkerGone extends Error {
  override readonly name = 'WorkerGone';
  readonly exit: WorkerExit;

  constructor(exit: WorkerExit) {
    super(`the parser worker ended with ${exit.signal ?? exit.code}: ${exit.tail.slice(-300)}`);
    this.exit = exit;
  }
}

/** One child process that reads one document at a time. */
export class WorkerProcess {
  readonly #child: ChildProcess;
  readonly #exited: Promise<WorkerExit>;
  #frames: Buffer[] = [];
  #arrived: (() => void) | undefined;
  #gone: WorkerExit | undefined;
  /** Documents read so far. */
  served = 0;

  constructor(install: ParserInstall, memoryBytes: number) {
    // No environment of ours: a parser needs no secret, and one thread, since many run side by side.
    this.#child = spawn(install.python, ['-I', '-B', '-c', BOOT, install.programDir, install.packagesDir], {
      env: { PATH: config.path(), LANG: 'C.UTF-8', RAYON_NUM_THREADS: '1', OMP_NUM_THREADS: '1' },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let tail = '';
    this.#child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      tail = (tail + text).slice(-4_000);
    });
    this.#child.stdin!.on('error', () => undefined);
    readFrames(this.#child.stdout!, (body) => {
      this.#frames.push(Buffer.from(body));
      this.#arrived?.();
    });
    this.#exited = new Promise((resolve) => {
      const end = (code: number | null, signal: NodeJS.Signals | null) => {
        this.#gone ??= { code, signal, tail };
        resolve(this.#gone);
        this.#arrived?.();
      };
      this.#child.once('error', (error) => {
        tail += String(error);
        end(null, null);
      });
      this.#child.once('close', end);
    });
    this.#send({ memoryBytes });
  }

  get alive(): boolean {
    return this.#gone === undefined;
  }

  /** Settles when it has loaded its libraries. */
  async ready(): Promise<{ confined: boolean }> {
    return JSON.parse((await this.#next()).toString());
  }

  /** Its answer, and for `render` the picture. @throws WorkerGone */
  async ask(request: WorkerRequest): Promise<{ reply: unknown; picture?: Buffer }> {
    this.served += 1;
    this.#send(request);
    const reply = JSON.parse((await this.#next()).toString()) as { ok: boolean };
    return request.op === 'render' && reply.ok ? { reply, picture: await this.#next() } : { reply };
  }

  /** Ends it at once and waits until it is gone. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#exited;
  }

  #send(message: object): void {
    this.#child.stdin!.write(frame(Buffer.from(JSON.stringify(message))));
  }

  async #next(): Promise<Buffer> {
    while (this.#frames.length === 0) {
      if (this.#gone) throw new WorkerGone(this.#gone);
      await new Promise<void>((resolve) => {
        this.#arrived = resolve;
      });
    }
    return this.#frames.shift()!;
  }
}

// -I keeps the user's own packages and settings out; the two folders are then all it can import from, besides Python.
const BOOT = [
  'import sys, runpy',
  'sys.path[:0] = sys.argv[1:3]',
  `runpy.run_path(sys.argv[1] + ${JSON.stringify(join('/', 'worker.py'))}, run_name="__main__")`,
].join('\n');
