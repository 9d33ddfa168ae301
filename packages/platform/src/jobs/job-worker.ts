import { type Database, type JobRow, type JobsTable, systemTenant } from '@llmops/db';
import { and, eq, inArray, lt, or, sql } from 'drizzle-orm';
import { type ErrorCategory, isAppError } from '../errors/index.ts';
import { type Consumed, consume, ensureStream, type RunningConsumer } from '../events/index.ts';
import type { Logger } from '../logging/index.ts';
import type { Nats } from '../nats/index.ts';
import { jobSubject } from './enqueue.ts';

/** A job being run. */
export interface JobRun {
  job: JobRow;
  /** Aborts when the job is cancelled, or the worker stops. */
  signal: AbortSignal;
  /** Writes progress, at most twice a second; the last one given is always written. */
  progress(value: Record<string, unknown>): void;
}

/** Does the work and returns its result. Must be safe to run again from where its progress ended. */
export type JobHandler = (run: JobRun) => Promise<Record<string, unknown>>;

export interface JobWorkerOptions {
  nats: Nats;
  database: Database;
  jobs: JobsTable;
  service: string;
  kind: string;
  log: Logger;
  maxAttempts?: number;
  handle: JobHandler;
}

const leaseMs = 30_000;
const heartbeatMs = 500;

/**
 * Runs one kind of job, one at a time. The lease in the row keeps a second worker off; a worker that dies leaves a lease
 * that runs out and a message that comes again.
 */
export class JobWorker {
  #consumer: RunningConsumer | undefined;
  readonly #stopping = new AbortController();

  constructor(private readonly options: JobWorkerOptions) {}

  async start(): Promise<void> {
    const { nats, service, kind, log } = this.options;
    const stream = `${service.toUpperCase()}_JOBS`;
    await ensureStream(nats, { name: stream, subjects: [`llmops.${service}.jobs.*`], workQueue: true });
    this.#consumer = consume({
      nats,
      log,
      stream,
      subjects: [jobSubject(service, kind)],
      durable: `${service}__${kind}`,
      batch: 1,
      maxDeliveries: 1_000,
      handle: async ([message]) => this.#receive(message!),
    });
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#consumer?.stop();
  }

  async #receive(message: Consumed): Promise<void> {
    const job = await this.#claim(message.text);
    if (job === 'gone') return;
    if (job === 'leased') throw new Error(`job ${message.text} is leased by another worker`);
    await this.#run(job);
  }

  async #claim(id: string): Promise<JobRow | 'gone' | 'leased'> {
    const { database, jobs } = this.options;
    return database.tx(systemTenant, async (tx) => {
      const free = or(eq(jobs.state, 'queued'), lt(jobs.leaseExpireTime, sql`now()`));
      const [job] = await tx
        .update(jobs)
        .set({
          state: 'running',
          attempt: sql`${jobs.attempt} + 1`,
          leaseExpireTime: new Date(Date.now() + leaseMs),
          updateTime: new Date(),
        })
        .where(and(eq(jobs.id, id), inArray(jobs.state, ['queued', 'running']), free))
        .returning();
      if (job) return job;
      const [present] = await tx.select({ state: jobs.state }).from(jobs).where(eq(jobs.id, id));
      return present?.state === 'running' ? 'leased' : 'gone';
    });
  }

  async #run(job: JobRow): Promise<void> {
    const controller = new AbortController();
    const signal = AbortSignal.any([controller.signal, this.#stopping.signal]);
    let latest = job.progress;
    const beat = async () => {
      if (await this.#heartbeat(job.id, latest)) controller.abort(new Error('cancelled'));
    };
    if (job.cancelRequested) controller.abort(new Error('cancelled'));
    const timer = setInterval(() => void beat().catch(() => {}), heartbeatMs);
    try {
      signal.throwIfAborted();
      const result = await this.options.handle({
        job,
        signal,
        progress: (value) => {
          latest = value;
        },
      });
      await this.#finish(job.id, { state: 'succeeded', result, progress: latest, error: null });
    } catch (error) {
      await this.#ended(job, error, controller.signal.aborted, latest);
    } finally {
      clearInterval(timer);
    }
  }

  async #ended(job: JobRow, error: unknown, cancelled: boolean, progress: Record<string, unknown>): Promise<void> {
    const { maxAttempts = 3, log } = this.options;
    const message = error instanceof Error ? error.message : String(error);
    if (cancelled) {
      await this.#finish(job.id, { state: 'cancelled', progress });
      return;
    }
    const retry = this.#stopping.signal.aborted || (job.attempt < maxAttempts && !isFinal(error));
    log.warn({ err: error, job: job.id, attempt: job.attempt, retry }, 'job failed');
    await this.#finish(job.id, { state: retry ? 'queued' : 'failed', error: message, progress });
    if (retry) throw error;
  }

  async #finish(id: string, change: Partial<JobRow>): Promise<void> {
    const { database, jobs } = this.options;
    await database.tx(systemTenant, (tx) =>
      tx
        .update(jobs)
        .set({ ...change, leaseExpireTime: null, updateTime: new Date() })
        .where(eq(jobs.id, id)),
    );
  }

  /** Extends the lease, writes progress; true when the job shall stop. */
  async #heartbeat(id: string, progress: Record<string, unknown>): Promise<boolean> {
    const { database, jobs } = this.options;
    const [row] = await database.tx(systemTenant, (tx) =>
      tx
        .update(jobs)
        .set({ progress, leaseExpireTime: new Date(Date.now() + leaseMs), updateTime: new Date() })
        .where(and(eq(jobs.id, id), eq(jobs.state, 'running')))
        .returning({ cancelRequested: jobs.cancelRequested }),
    );
    return row?.cancelRequested ?? false;
  }
}

// What the job was given is at fault: trying again fails alike.
const finalCategories = new Set<ErrorCategory>(['invalid', 'not_found', 'conflict', 'forbidden']);

const isFinal = (error: unknown): boolean => isAppError(error) && finalCategories.has(error.category);
