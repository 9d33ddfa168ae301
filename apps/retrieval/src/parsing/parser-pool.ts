import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureParser, type ParserInstall } from './ensure-parser.ts';
import { DEFAULT_LIMITS, type ParseLimits } from './limits.ts';
import { ParseFailure } from './parse-failure.ts';
import type { ParsedDocument } from './parsed-document.ts';
import { readDocument, type SourceFile } from './read-document.ts';
import { failureOf } from './worker-failure.ts';
import { WorkerGone, WorkerProcess, type WorkerRequest } from './worker-process.ts';

export interface ParserPoolOptions {
  /** Worker processes at most; they start when they are needed. */
  workers?: number;
  /** A worker is replaced after so many documents, so that what libraries leak goes back. */
  documentsPerWorker?: number;
  limits?: Partial<ParseLimits>;
}

type Answer = Awaited<ReturnType<WorkerProcess['ask']>>;

/** Reads documents in processes that may be killed: a bad file costs itself and nothing else. */
export class ParserPool {
  readonly limits: ParseLimits;
  readonly #workers: number;
  readonly #documentsPerWorker: number;
  readonly #idle: WorkerProcess[] = [];
  readonly #all = new Set<WorkerProcess>();
  readonly #waiting: (() => void)[] = [];
  #busy = 0;
  #install: Promise<ParserInstall> | undefined;
  #folder: Promise<string> | undefined;
  #stopped = false;

  constructor(options: ParserPoolOptions = {}) {
    this.limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.#workers = options.workers ?? 2;
    this.#documentsPerWorker = options.documentsPerWorker ?? 200;
  }

  /** Fetches what is missing and starts a first worker: a broken installation shows here and not at the first document. */
  async start(): Promise<void> {
    const worker = await this.#take();
    this.#release(worker);
  }

  /** Ends all workers; documents being read fail. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all([...this.#all].map((worker) => worker.kill()));
    for (const next of this.#waiting.splice(0)) next();
    if (this.#folder) await rm(await this.#folder, { recursive: true, force: true });
  }

  /** @throws ParseFailure when the document cannot be read; any other error is ours and may pass when tried again */
  async parse(file: SourceFile, signal?: AbortSignal): Promise<ParsedDocument> {
    return readDocument(file, this.limits, async (bytes, settings) => {
      const { reply } = await this.#ask('parse', bytes, settings, signal);
      return reply;
    });
  }

  /**
   * One page of a PDF as PNG.
   * @param page 1-based
   * @param width pixels, at most 4000
   * @throws ParseFailure
   */
  async renderPage(bytes: Uint8Array, page: number, width: number, signal?: AbortSignal): Promise<Buffer> {
    const settings = { page, width: Math.max(16, Math.min(4000, Math.round(width))) };
    const { reply, picture } = await this.#ask('render', bytes, settings, signal);
    const { ok, code, reason } = reply as { ok: boolean; code: ParseFailure['code']; reason: string };
    if (!ok || !picture) throw new ParseFailure(code, reason);
    return picture;
  }

  async #ask(
    op: WorkerRequest['op'],
    bytes: Uint8Array,
    settings: Record<string, string | number>,
    signal: AbortSignal | undefined,
  ): Promise<Answer> {
    signal?.throwIfAborted();
    const worker = await this.#take();
    const path = join(await this.#tempFolder(), randomUUID());
    try {
      await writeFile(path, bytes, { mode: 0o600 });
      return await this.#within(worker, { ...this.limits, ...settings, op, path }, signal);
    } finally {
      this.#release(worker);
      await rm(path, { force: true });
    }
  }

  async #within(worker: WorkerProcess, request: WorkerRequest, signal: AbortSignal | undefined): Promise<Answer> {
    let late = false;
    const kill = () => void worker.kill();
    const timer = setTimeout(() => {
      late = true;
      kill();
    }, this.limits.wallMs);
    signal?.addEventListener('abort', kill, { once: true });
    try {
      // Aborted while we waited for the worker.
      if (signal?.aborted) await worker.kill();
      return await worker.ask(request);
    } catch (error) {
      signal?.throwIfAborted();
      if (this.#stopped || !(error instanceof WorkerGone)) throw error;
      throw failureOf(error.exit, late, this.limits);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', kill);
    }
  }

  async #take(): Promise<WorkerProcess> {
    while (this.#busy >= this.#workers && !this.#stopped) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    if (this.#stopped) throw new Error('the parser pool was stopped');
    this.#busy += 1;
    for (let worker = this.#idle.pop(); worker; worker = this.#idle.pop()) if (worker.alive) return worker;
    try {
      return await this.#startWorker();
    } catch (error) {
      this.#freed();
      throw error;
    }
  }

  async #startWorker(): Promise<WorkerProcess> {
    this.#install ??= ensureParser();
    // A failed fetch is tried again by the next document.
    this.#install.catch(() => {
      this.#install = undefined;
    });
    const worker = new WorkerProcess(await this.#install, this.limits.memoryBytes);
    this.#all.add(worker);
    try {
      await worker.ready();
    } catch (error) {
      await this.#discard(worker);
      throw error;
    }
    return worker;
  }

  #release(worker: WorkerProcess): void {
    if (worker.alive && worker.served < this.#documentsPerWorker && !this.#stopped) this.#idle.push(worker);
    else void this.#discard(worker);
    this.#freed();
  }

  #freed(): void {
    this.#busy -= 1;
    this.#waiting.shift()?.();
  }

  async #discard(worker: WorkerProcess): Promise<void> {
    this.#all.delete(worker);
    await worker.kill();
  }

  #tempFolder(): Promise<string> {
    this.#folder ??= mkdtemp(join(tmpdir(), 'llmops-parse-'));
    return this.#folder;
  }
}
