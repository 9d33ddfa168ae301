import { type ChildProcess, fork } from 'node:child_process';
import { environment } from '../config.ts';
import { AppError, fromRecord } from '../errors.ts';
import { EventQueue } from './event-queue.ts';
import type { ReplicaEvent, ReplicaInfo, ReplicaMessage, ReplicaRequest } from './protocol.ts';
import type { ReplicaEntry } from './replica-entry.ts';

export type ReplicaState = 'loading' | 'ready' | 'stalled' | 'crashed';

export interface ReplicaProcessOptions {
  readonly id: string;
  readonly entry: ReplicaEntry;
  /** Given to the child as JSON. */
  readonly options: unknown;
  /** Work is waiting and nothing comes for this long: the child is replaced. */
  readonly stallMs: number;
  readonly loadTimeoutMs: number;
  /** Wait before the first restart; doubled each time, up to 30 s. */
  readonly backoffMs: number;
  readonly onChange: () => void;
  readonly log: (message: string, detail: Record<string, unknown>) => void;
}

const MAX_BACKOFF_MS = 30_000;
/** After this long without a crash the next one counts as the first. */
const HEALTHY_AFTER_MS = 60_000;

type Unnumbered<T> = T extends { id: number } ? Omit<T, 'id'> : never;

/** One model in a process of its own: a crash costs its requests and nothing else. */
export class ReplicaProcess {
  state: ReplicaState = 'loading';
  info: ReplicaInfo | undefined;
  error = '';
  restarts = 0;
  memoryBytes = 0;
  generatedTokens = 0;
  lastTokenAt = 0;

  private child: ChildProcess | undefined;
  private readonly requests = new Map<number, EventQueue<ReplicaEvent>>();
  private nextId = 1;
  private failures = 0;
  private lastSign = 0;
  private startedAt = 0;
  private stopped = false;
  private restartTimer: NodeJS.Timeout | undefined;
  private watchTimer: NodeJS.Timeout | undefined;

  constructor(private readonly settings: ReplicaProcessOptions) {}

  get id(): string {
    return this.settings.id;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  get busy(): number {
    return this.requests.size;
  }

  start(): void {
    const { entry, options } = this.settings;
    this.state = 'loading';
    this.startedAt = this.lastSign = Date.now();
    const child = fork(entry.path, [JSON.stringify(options)], {
      execArgv: [...entry.execArgv],
      env: { ...environment(), ...entry.env },
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.child = child;
    let stderr = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      stderr = (stderr + chunk.toString('utf8')).slice(-4000);
    });
    child.on('message', (message: ReplicaMessage) => this.child === child && this.receive(message));
    child.on('error', (error) => this.lost(child, error.message));
    child.on('exit', (code, signal) => this.lost(child, `exit ${signal ?? code}`, stderr));
    this.watchTimer ??= setInterval(() => this.watch(), Math.min(1000, this.settings.stallMs / 4));
    this.watchTimer.unref();
    this.settings.onChange();
  }

  /**
   * Sends a request; the stream ends after the event that answers it, and throws AppError. Leaving it early aborts,
   * and so does the signal, which the stream then throws the reason of.
   */
  open(request: Unnumbered<ReplicaRequest>, signal?: AbortSignal): AsyncIterable<ReplicaEvent> {
    const id = this.nextId++;
    if (this.requests.size === 0) this.lastSign = Date.now();
    const leave = () => {
      if (this.requests.delete(id)) this.post({ type: 'abort', id });
    };
    const onAbort = () => {
      leave();
      queue.fail(signal?.reason);
    };
    const queue = new EventQueue<ReplicaEvent>(() => {
      signal?.removeEventListener('abort', onAbort);
      leave();
    });
    this.requests.set(id, queue);
    this.post({ ...request, id } as ReplicaRequest);
    if (signal?.aborted) onAbort();
    else signal?.addEventListener('abort', onAbort);
    return queue;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.restartTimer);
    clearInterval(this.watchTimer);
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }

  private post(message: ReplicaRequest): void {
    if (this.child?.connected) this.child.send(message, () => {});
  }

  private receive(message: ReplicaMessage): void {
    this.lastSign = Date.now();
    if (message.type === 'events') {
      for (const event of message.events) this.dispatch(event);
    } else if (message.type === 'ready') {
      this.info = message.info;
      this.memoryBytes = message.info.memoryBytes;
      this.state = 'ready';
      this.error = '';
      this.settings.log('replica ready', {
        replica: this.id,
        device: message.info.device,
        loadMs: Date.now() - this.startedAt,
      });
      this.settings.onChange();
    } else if (message.type === 'failed') this.error = message.error.message;
    else this.memoryBytes = message.memoryBytes;
  }

  private dispatch(event: ReplicaEvent): void {
    if (event.kind === 'text') {
      this.generatedTokens += event.tokens;
      this.lastTokenAt = this.lastSign;
    }
    const queue = this.requests.get(event.id);
    if (!queue) return;
    if (event.kind === 'error') {
      this.requests.delete(event.id);
      queue.fail(fromRecord(event.error));
      return;
    }
    queue.push(event);
    if (event.kind === 'text' || event.kind === 'prefill') return;
    this.requests.delete(event.id);
    queue.end();
  }

  /** A busy child must make progress; an idle one must answer a ping; a loading one must finish. */
  private watch(): void {
    if (this.state === 'crashed') return;
    const silentMs = Date.now() - this.lastSign;
    const limit = this.state === 'loading' ? this.settings.loadTimeoutMs : this.settings.stallMs;
    if (this.state === 'ready' && this.requests.size === 0 && silentMs > limit / 6) this.post({ type: 'ping' });
    if (silentMs < limit || this.state === 'stalled') return;
    this.state = 'stalled';
    this.error = `No sign of progress for ${Math.round(silentMs / 1000)} s.`;
    this.settings.log('replica stalled', { replica: this.id, busy: this.requests.size, silentMs });
    this.settings.onChange();
    this.child?.kill('SIGKILL');
  }

  private lost(child: ChildProcess, reason: string, stderr = ''): void {
    if (this.child !== child) return;
    this.child = undefined;
    const waiting = [...this.requests.values()];
    this.requests.clear();
    const message = 'The process that ran the model was lost while it worked on the request; try again.';
    const error = new AppError({
      code: 'inference.replica_lost',
      category: 'unavailable',
      message,
      retryAfterMs: 1000,
    });
    for (const queue of waiting) queue.fail(error);
    if (this.stopped) return;
    this.failures = Date.now() - this.startedAt > HEALTHY_AFTER_MS ? 1 : this.failures + 1;
    const backoffMs = Math.min(MAX_BACKOFF_MS, this.settings.backoffMs * 2 ** (this.failures - 1));
    if (this.state !== 'stalled') this.error ||= reason;
    this.state = 'crashed';
    this.restarts++;
    this.settings.log('replica lost', { replica: this.id, reason, requests: waiting.length, backoffMs, stderr });
    this.settings.onChange();
    this.restartTimer = setTimeout(() => this.start(), backoffMs);
  }
}
