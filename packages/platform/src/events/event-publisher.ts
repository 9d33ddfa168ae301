import { setTimeout as sleep } from 'node:timers/promises';
import type { DescMessage } from '@bufbuild/protobuf';
import { AppError } from '../errors/index.ts';
import type { Nats } from '../nats/index.ts';
import { ensureEventStream } from './consume-events.ts';
import { seal } from './envelope.ts';
import { NoStreamError, StreamPublisher } from './stream-publisher.ts';

interface Waiting<T> {
  item: T;
  size: number;
  /** When its caller is told that it was not recorded. */
  giveUp: number;
  resolve: () => void;
  reject: (error: Error) => void;
}

export interface EventPublisherOptions<T> {
  nats: Nats;
  source: string;
  event: DescMessage;
  /** The event's data for a batch of items, in proto JSON form. */
  wrap: (items: T[]) => unknown;
  /** Rough size of an item in bytes: a batch stays below NATS's payload limit. */
  sizeOf: (item: T) => number;
  /** How long an item may wait for its acknowledgement before its caller is told that it was not recorded. */
  timeoutMs: number;
}

/** Where calls end together, a moment gathers more of them: fewer messages, fsyncs and wake-ups for the same calls. */
const gatherMs = 3;
const maxItems = 256;
const maxBytes = 1 << 20;
const maxWaitingBytes = 256 << 20;

/**
 * Publishes items straight to JetStream with group commit: while one message is being acknowledged, the next collects
 * what arrives, so that a busy edge pays one fsync for many calls. `publish` resolves once the item is durable.
 */
export class EventPublisher<T> {
  #waiting: Waiting<T>[] = [];
  #waitingBytes = 0;
  #running: Promise<void> | undefined;
  readonly #stream: StreamPublisher;

  constructor(private readonly options: EventPublisherOptions<T>) {
    this.#stream = new StreamPublisher(options.nats.connection);
  }

  /** Rejects with `platform.not_recorded` when no acknowledgement came in time. */
  publish(item: T): Promise<void> {
    return new Promise((resolve, reject) => {
      const size = this.options.sizeOf(item);
      if (this.#waitingBytes + size > maxWaitingBytes) {
        reject(notRecorded());
        return;
      }
      this.#waiting.push({ item, size, giveUp: Date.now() + this.options.timeoutMs, resolve, reject });
      this.#waitingBytes += size;
      this.#running ??= this.#run();
    });
  }

  /** Resolves when nothing waits any more. */
  async flush(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #run(): Promise<void> {
    // Calls that end in the same turn of the event loop go together.
    await new Promise(setImmediate);
    while (this.#waiting.length > 0) {
      const batch = this.#take();
      await this.#send(batch);
      if (batch.length > 1) await sleep(gatherMs);
    }
    this.#running = undefined;
  }

  #take(): Waiting<T>[] {
    let bytes = 0;
    let count = 0;
    while (count < this.#waiting.length && count < maxItems) {
      bytes += this.#waiting[count]!.size;
      if (count > 0 && bytes > maxBytes) break;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }

  /** Tries until the batch is durable or none of its callers waits any longer. */
  async #send(batch: Waiting<T>[]): Promise<void> {
    const { source, event, wrap } = this.options;
    const envelope = seal(source, event, wrap(batch.map(({ item }) => item)));
    const payload = JSON.stringify(envelope);
    let left = batch;
    for (let backoffMs = 20; left.length > 0; backoffMs = Math.min(backoffMs * 2, 1_000)) {
      try {
        // The id makes a retry whose first try did arrive the same message.
        const patienceMs = Math.max(100, Math.min(2_000, left[0]!.giveUp - Date.now()));
        await this.#stream.publish(envelope.type, payload, envelope.id, patienceMs);
        for (const waiting of this.#leave(left)) waiting.resolve();
        return;
      } catch (error) {
        // NATS may have come back without its state.
        if (error instanceof NoStreamError) await ensureEventStream(this.options.nats, event).catch(() => {});
        await sleep(backoffMs);
        left = this.#giveUpOn(left, error);
        // Those behind wait as long as they were told, not as long as all before them.
        this.#waiting = this.#giveUpOn(this.#waiting, error);
      }
    }
  }

  /** Tells those whose time is over; returns the others. */
  #giveUpOn(all: Waiting<T>[], cause: unknown): Waiting<T>[] {
    const now = Date.now();
    const over = all.filter(({ giveUp }) => giveUp <= now);
    if (over.length === 0) return all;
    for (const waiting of this.#leave(over)) waiting.reject(notRecorded(cause));
    return all.filter(({ giveUp }) => giveUp > now);
  }

  #leave(these: Waiting<T>[]): Waiting<T>[] {
    for (const { size } of these) this.#waitingBytes -= size;
    return these;
  }
}

const notRecorded = (cause?: unknown) =>
  new AppError({
    code: 'platform.not_recorded',
    category: 'unavailable',
    message: 'The call could not be recorded, so its answer is withheld. Try again shortly.',
    retryAfterMs: 1_000,
    cause,
  });
