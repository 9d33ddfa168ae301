import { createInbox, headers, type Msg, type NatsConnection } from '@nats-io/transport-node';

interface Attempt {
  reply: string;
  resolve: () => void;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout;
}

/**
 * Publishes to JetStream, one message at a time, with all acknowledgements on one inbox. The client's own `publish` makes
 * two errors with their stacks for every message, in case it needs them: a third of what sending costs.
 */
export class StreamPublisher {
  readonly #connection: NatsConnection;
  readonly #inbox = createInbox();
  #attempt: Attempt | undefined;
  #count = 0;

  constructor(connection: NatsConnection) {
    this.#connection = connection;
    connection.subscribe(`${this.#inbox}.*`, { callback: (_error, message) => this.#answered(message) });
  }

  /** Resolves once the message is durable; rejects when it is refused or `timeoutMs` pass. `id` makes a repeat the same message. */
  publish(subject: string, payload: string, id: string, timeoutMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#count += 1;
      const reply = `${this.#inbox}.${this.#count}`;
      const late = () => this.#settle(new Error(`no acknowledgement within ${timeoutMs} ms`));
      this.#attempt = { reply, resolve, reject, timer: setTimeout(late, timeoutMs) };
      try {
        const messageHeaders = headers();
        messageHeaders.set('Nats-Msg-Id', id);
        this.#connection.publish(subject, payload, { reply, headers: messageHeaders });
      } catch (error) {
        this.#settle(error as Error);
      }
    });
  }

  #answered(message: Msg): void {
    // An answer to an attempt that was given up.
    if (message.subject !== this.#attempt?.reply) return;
    this.#settle(refusal(message));
  }

  #settle(error?: Error): void {
    const attempt = this.#attempt!;
    this.#attempt = undefined;
    clearTimeout(attempt.timer);
    if (error) attempt.reject(error);
    else attempt.resolve();
  }
}

/** No stream takes the subject, or JetStream is not up yet. */
export class NoStreamError extends Error {
  override name = 'NoStreamError';
}

function refusal(message: Msg): Error | undefined {
  if (message.data.length === 0) return new NoStreamError('no stream takes this subject, or JetStream is not up yet');
  const { stream, error } = message.json<{ stream?: string; error?: { description?: string } }>();
  if (stream && !error) return undefined;
  return new Error(error?.description ?? 'not an acknowledgement');
}
