import { setTimeout as sleep } from 'node:timers/promises';
import type { DescMessage } from '@bufbuild/protobuf';
import { AppError } from '../errors/index.ts';
import type { Nats } from '../nats/index.ts';
import { seal } from './envelope.ts';
import { StreamPublisher } from './stream-publisher.ts';

interface Waiting<T> {
  item: T;
  size: number;
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

const maxItems = 256;
const maxBytes = 1 << 20;
const maxWaitingBytes = 256 << 20;

/**
 * Publishes items straight to JetStream with group commit: while one message is being acknowledged, the next collects
 * what arrives, so that a busy edge pays one fsync for many calls. `publish` resolves once the item is durable.
 */
export class EventPublisher<T> {
  readonly #waiting: Waiting<T>[] = [];
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
      this.#waiting.push({ item, size, resolve, reject });
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
    while (this.#waiting.length > 0) await this.#send(this.#take());
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

  async #send(batch: Waiting<T>[]): Promise<void> {
    const { source, event, wrap, timeoutMs } = this.options;
    const envelope = seal(source, event, wrap(batch.map(({ item }) => item)));
    const payload = JSON.stringify(envelope);
    const giveUp = Date.now() + timeoutMs;
    let failure: unknown;
    for (let backoffMs = 20; Date.now() < giveUp; backoffMs = Math.min(backoffMs * 2, 1_000)) {
      try {
        // The id makes a retry whose first try did arrive the same message.
        await this.#stream.publish(envelope.type, payload, envelope.id, 2_000);
        failure = undefined;
        break;
      } catch (error) {
        failure = error;
        await sleep(backoffMs);
      }
    }
    for (const waiting of batch) {
      this.#waitingBytes -= waiting.size;
      if (failure === undefined) waiting.resolve();
      else waiting.reject(notRecorded(failure));
    }
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
