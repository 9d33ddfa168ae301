import { setTimeout as sleep } from 'node:timers/promises';
import { isOutage } from '@llmops/db';
import { AckPolicy, type ConsumerMessages, JetStreamApiError, type JsMsg } from '@nats-io/jetstream';
import { nanos, headers as natsHeaders } from '@nats-io/transport-node';
import { isAppError } from '../errors/index.ts';
import type { Logger } from '../logging/index.ts';
import type { Nats } from '../nats/index.ts';
import { deadLetterStream } from './dead-letters.ts';

/** A message as a handler sees it. */
export interface Consumed {
  /** The envelope's id: what an inbox remembers. */
  id: string;
  subject: string;
  text: string;
  /** Which delivery this is, from 1. */
  delivery: number;
}

export interface ConsumerOptions {
  nats: Nats;
  log: Logger;
  stream: string;
  subjects: string[];
  /** `cost__calls-completed`: the service, two underscores, what it reads. No dots. */
  durable: string;
  /** Messages handled at once, at most. */
  batch?: number;
  /** How long to wait for more while a batch is not full: one transaction for many messages. 0 unless told. */
  lingerMs?: number;
  ackWaitMs?: number;
  /** Deliveries of a message before it goes to the dead letters. */
  maxDeliveries?: number;
  /**
   * Handles the messages in one transaction. When it throws, the messages are tried one by one, so that a poisonous one
   * does not hold up the others. A failure that trying again cannot mend (category `invalid`) goes to the dead letters at once.
   */
  handle: (messages: Consumed[]) => Promise<void>;
}

export interface RunningConsumer {
  /** Takes no more messages and waits for those being handled. */
  stop(): Promise<void>;
}

/** Reads a stream through a durable consumer, for ever: a deleted consumer or stream is made again. */
export function consume(options: ConsumerOptions): RunningConsumer {
  const reader = new Reader(options);
  const done = reader.run();
  return {
    stop: async () => {
      reader.stop();
      await done;
    },
  };
}

const alreadyExists = 10148;

class Reader {
  readonly #options: Required<ConsumerOptions>;
  readonly #buffer: JsMsg[] = [];
  #arrived: (() => void) | undefined;
  #messages: ConsumerMessages | undefined;
  #stopped = false;

  constructor(options: ConsumerOptions) {
    this.#options = { batch: 100, lingerMs: 0, ackWaitMs: 30_000, maxDeliveries: 8, ...options };
  }

  stop(): void {
    this.#stopped = true;
    void this.#messages?.close();
    this.#arrived?.();
  }

  async run(): Promise<void> {
    const pulling = this.#pull();
    await this.#handleAll();
    await pulling;
    // Taken but not begun: given back only now, when the server no longer sends them to us again.
    for (const message of this.#buffer.splice(0)) message.nak();
    await this.#options.nats.connection.flush().catch(() => {});
  }

  /** Keeps a pull open. What is unacknowledged is bounded by the consumer's `max_ack_pending`, so the buffer is too. */
  async #pull(): Promise<void> {
    const { nats, stream, durable, log } = this.#options;
    while (!this.#stopped) {
      try {
        await this.#ensure();
        const consumer = await nats.jetstream.consumers.get(stream, durable);
        this.#messages = await consumer.consume({
          max_messages: this.#options.batch * 2,
          abort_on_missing_resource: true,
          callback: (message) => {
            this.#buffer.push(message);
            this.#arrived?.();
          },
        });
        if (this.#stopped) void this.#messages.close();
        const closed = await this.#messages.closed();
        if (closed instanceof Error) throw closed;
      } catch (error) {
        if (this.#stopped) return;
        log.warn({ err: error, stream, durable }, 'consumer lost; making it again');
        await sleep(500);
      }
    }
  }

  async #ensure(): Promise<void> {
    const { nats, stream, durable, subjects, batch, ackWaitMs } = this.#options;
    const manager = await nats.manager();
    await deadLetterStream(nats);
    const config = {
      filter_subjects: subjects,
      ack_policy: AckPolicy.Explicit,
      ack_wait: nanos(ackWaitMs),
      max_ack_pending: batch * 2,
      // Counted by us: the server's own limit would drop the message without a trace.
      max_deliver: -1,
    };
    try {
      await manager.consumers.add(stream, { durable_name: durable, ...config });
    } catch (error) {
      // Made by an earlier release, with other settings.
      if (!(error instanceof JetStreamApiError) || error.code !== alreadyExists) throw error;
      await manager.consumers.update(stream, durable, config);
    }
  }

  async #handleAll(): Promise<void> {
    while (!this.#stopped) {
      if (this.#buffer.length === 0) {
        await new Promise<void>((resolve) => {
          this.#arrived = resolve;
        });
        this.#arrived = undefined;
        continue;
      }
      await this.#linger();
      if (!this.#stopped) await this.#handleBatch(this.#buffer.splice(0, this.#options.batch));
    }
  }

  async #linger(): Promise<void> {
    const until = Date.now() + this.#options.lingerMs;
    while (!this.#stopped && this.#buffer.length < this.#options.batch && Date.now() < until) {
      await sleep(Math.max(1, Math.min(20, until - Date.now())));
    }
  }

  async #handleBatch(batch: JsMsg[]): Promise<void> {
    const heartbeat = setInterval(() => {
      for (const message of [...batch, ...this.#buffer]) message.working();
    }, this.#options.ackWaitMs / 3);
    try {
      await this.#throughOutages(() => this.#options.handle(batch.map(toConsumed)));
      for (const message of batch) message.ack();
    } catch (error) {
      if (this.#stopped) for (const message of batch) message.nak();
      else if (batch.length === 1) await this.#failed(batch[0]!, error);
      else for (const message of batch) await this.#handleBatch([message]);
    } finally {
      clearInterval(heartbeat);
    }
  }

  /** While the database is away the messages are not at fault: the same work is tried until it is back. */
  async #throughOutages(work: () => Promise<void>): Promise<void> {
    for (let backoffMs = 100; ; backoffMs = Math.min(backoffMs * 2, 2_000)) {
      try {
        return await work();
      } catch (error) {
        if (!isOutage(error) || this.#stopped) throw error;
        this.#options.log.warn({ err: error, durable: this.#options.durable }, 'database away; trying again');
        await sleep(backoffMs);
      }
    }
  }

  async #failed(message: JsMsg, error: unknown): Promise<void> {
    const { nats, log, durable, maxDeliveries } = this.#options;
    const delivery = message.info.deliveryCount;
    const hopeless = isAppError(error) && error.category === 'invalid';
    if (!hopeless && delivery < maxDeliveries) {
      log.warn({ err: error, durable, delivery }, 'message failed; it comes again');
      message.nak(Math.min(200 * 2 ** delivery, 60_000));
      return;
    }
    log.error({ err: error, durable, delivery }, 'message goes to the dead letters');
    const headers = natsHeaders();
    headers.set('llmops-subject', message.subject);
    headers.set('llmops-error', headerText(error instanceof Error ? error.message : String(error)));
    headers.set('llmops-deliveries', String(delivery));
    const id = `${durable}-${message.info.streamSequence}`;
    try {
      await nats.jetstream.publish(`dead-letters.${durable}`, message.data, { headers, msgID: id });
      message.ack();
    } catch (cause) {
      log.error({ err: cause, durable }, 'the dead letter could not be written; the message comes again');
      message.nak(5_000);
    }
  }
}

const headerText = (text: string): string => text.slice(0, 1_000).replaceAll(/[\r\n]+/g, ' ');

function toConsumed(message: JsMsg): Consumed {
  const id = message.headers?.get('Nats-Msg-Id') || `${message.info.stream}-${message.info.streamSequence}`;
  return { id, subject: message.subject, text: message.string(), delivery: message.info.deliveryCount };
}
