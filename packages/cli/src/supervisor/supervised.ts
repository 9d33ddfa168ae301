import { type Exit, killGroup, type ServerProcess } from '@llmops/embedded';
import { backoffMs, HEALTHY_MS } from './backoff.ts';
import type { LogFile } from './log-file.ts';

/** Something to keep running: a service, Postgres, NATS. */
export interface Unit {
  name: string;
  /** Where it serves. */
  port: number;
  start(onLog: (chunk: Buffer) => void): Promise<ServerProcess>;
  /** Undefined when it is ready, else why not. */
  unreadyReason(): Promise<string | undefined>;
}

export type UnitState = 'starting' | 'running' | 'backoff' | 'stopping' | 'stopped';

export interface UnitStatus {
  name: string;
  state: UnitState;
  ready: boolean;
  /** Why it is not ready, or how it ended last. */
  reason?: string;
  port: number;
  pid?: number;
  restarts: number;
  uptimeMs?: number;
}

const FAST_POLL_MS = 50;
const SLOW_POLL_MS = 2_000;

/** Keeps one unit running: restarts it with backoff when it ends, watches its readiness. */
export class Supervised {
  readonly unit: Unit;
  readonly log: LogFile;
  readonly #onChange: () => void;
  #state: UnitState = 'stopped';
  #running: ServerProcess | undefined;
  #startedAt = 0;
  #readyAt: number | undefined;
  #reason: string | undefined;
  #failures = 0;
  #restarts = 0;
  #stopping = false;
  #loop: Promise<void> = Promise.resolve();
  readonly #sleepers = new Set<() => void>();

  constructor(unit: Unit, log: LogFile, onChange: () => void) {
    this.unit = unit;
    this.log = log;
    this.#onChange = onChange;
  }

  get name(): string {
    return this.unit.name;
  }

  get pid(): number | undefined {
    return this.#running?.pid;
  }

  get restarts(): number {
    return this.#restarts;
  }

  get ready(): boolean {
    return this.#readyAt !== undefined;
  }

  status(): UnitStatus {
    return {
      name: this.unit.name,
      state: this.#state,
      ready: this.ready,
      ...(this.#reason && !this.ready ? { reason: this.#reason } : {}),
      port: this.unit.port,
      ...(this.#running ? { pid: this.#running.pid, uptimeMs: Date.now() - this.#startedAt } : {}),
      restarts: this.#restarts,
    };
  }

  start(): void {
    this.#stopping = false;
    this.#loop = this.#run();
  }

  /** Stops it in good order and keeps it stopped. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#wake();
    if (this.#running) this.#set('stopping');
    await this.#running?.stop();
    await this.#loop;
  }

  /** Ends it at once, with its children. */
  kill(): void {
    this.#stopping = true;
    this.#wake();
    if (this.#running) killGroup(this.#running.pid);
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      await this.#runOnce();
      if (this.#stopping) break;
      this.#restarts += 1;
      const delay = backoffMs(this.#failures);
      this.log.note(`${this.name}: ${this.#reason}; restart ${this.#restarts} in ${delay} ms`);
      this.#set('backoff');
      await this.#pause(delay);
    }
    this.#set('stopped');
  }

  async #runOnce(): Promise<void> {
    this.#startedAt = Date.now();
    this.#set('starting');
    try {
      const running = await this.unit.start((chunk) => this.log.write(chunk));
      this.#running = running;
      this.#set('running');
      // Asked to stop while it was starting.
      if (this.#stopping) await running.stop();
      void this.#watch(running);
      this.#ended(describeExit(await running.exited));
      killGroup(running.pid);
    } catch (error) {
      this.#ended(error instanceof Error ? error.message : String(error));
    }
  }

  #ended(reason: string): void {
    const wasHealthy = this.#readyAt !== undefined && Date.now() - this.#readyAt >= HEALTHY_MS;
    this.#failures = wasHealthy ? 1 : this.#failures + 1;
    this.#running = undefined;
    this.#readyAt = undefined;
    this.#reason = reason;
  }

  async #watch(running: ServerProcess): Promise<void> {
    while (this.#running === running && !this.#stopping) {
      const reason = await this.unit.unreadyReason();
      if (this.#running !== running || this.#stopping) return;
      this.#reason = reason;
      const was = this.ready;
      if (reason !== undefined) this.#readyAt = undefined;
      else this.#readyAt ??= Date.now();
      if (was !== this.ready) this.#onChange();
      await this.#pause(this.ready ? SLOW_POLL_MS : FAST_POLL_MS);
    }
  }

  #set(state: UnitState): void {
    this.#state = state;
    this.#onChange();
  }

  #wake(): void {
    for (const wake of this.#sleepers) wake();
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.#sleepers.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      this.#sleepers.add(wake);
    });
  }
}

const describeExit = ({ code, signal }: Exit): string =>
  signal ? `was ended by ${signal}` : `exited with code ${code}`;
