import { setTimeout as sleep } from 'node:timers/promises';
import {
  addToOutbox,
  type Database,
  type OutboxMessage,
  type OutboxTable,
  systemTenant,
  type Transaction,
} from '@llmops/db';
import { JetStreamApiError } from '@nats-io/jetstream';
import { InvalidArgumentError, headers as natsHeaders, RequestError } from '@nats-io/transport-node';
import { asc, inArray } from 'drizzle-orm';
import { getTableConfig } from 'drizzle-orm/pg-core';
import type { Logger } from '../logging/index.ts';
import type { Nats } from '../nats/index.ts';

type OutboxRow = OutboxTable['$inferSelect'];

const batchSize = 200;
const idleMs = 1_000;

/**
 * Sends the outbox to NATS in the order of its rows and deletes what was acknowledged. One replica relays at a time
 * (rows are locked); a crash between the acknowledgement and the delete sends a message twice under the same id.
 */
export class Outbox {
  readonly #wake = new Set<() => void>();
  readonly #schema: string | undefined;
  #stopped = false;
  #loop: Promise<void> | undefined;

  constructor(
    private readonly database: Database,
    private readonly table: OutboxTable,
    private readonly nats: Nats,
    private readonly log: Logger,
  ) {
    this.#schema = getTableConfig(table).schema;
  }

  /** Adds messages to the transaction that makes them true. */
  add(tx: Transaction, ...messages: OutboxMessage[]): Promise<void> {
    return addToOutbox(tx, this.table, ...messages);
  }

  start(): void {
    this.#loop ??= this.#run();
  }

  /** Call after a commit that added to the outbox: the relay need not wait for its next look. */
  poke(): void {
    for (const wake of this.#wake) wake();
    this.#wake.clear();
  }

  /**
   * Sends what there is now, for verbs whose caller expects the effect when they return. While NATS is away it is left
   * to the relay: what was committed stands, and its answer (a key's secret) is given all the same.
   */
  async flush(): Promise<void> {
    try {
      while ((await this.#relayBatch()) === batchSize);
    } catch (error) {
      this.log.warn({ err: error }, 'outbox is sent later');
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.poke();
    await this.#loop;
  }

  async #run(): Promise<void> {
    let backoffMs = 100;
    while (!this.#stopped) {
      try {
        const sent = await this.#relayBatch();
        backoffMs = 100;
        if (sent < batchSize) await this.#pokedOr(idleMs);
      } catch (error) {
        if (this.#stopped) return;
        this.log.warn({ err: error, backoffMs }, 'outbox is not sent at the moment');
        await sleep(backoffMs);
        backoffMs = Math.min(backoffMs * 2, 5_000);
      }
    }
  }

  #pokedOr(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake.add(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  #relayBatch(): Promise<number> {
    return this.database.tx(systemTenant, async (tx) => {
      const rows = await tx.select().from(this.table).orderBy(asc(this.table.id)).limit(batchSize).for('update');
      const sent: number[] = [];
      const refused = new Set<string>();
      for (const row of rows) {
        // What follows on the same subject waits, because the order is kept.
        if (refused.has(row.subject)) continue;
        const error = await this.#send(row);
        if (error) refused.add(row.subject);
        else sent.push(row.id);
      }
      if (sent.length > 0) await tx.delete(this.table).where(inArray(this.table.id, sent));
      return sent.length;
    });
  }

  /** Rejects when NATS is away; resolves to the error when it is there and does not take this message. */
  async #send({ id, subject, payload, headers, createTime }: OutboxRow): Promise<Error | undefined> {
    const messageHeaders = natsHeaders();
    for (const [name, value] of Object.entries(headers)) messageHeaders.set(name, value);
    if (!messageHeaders.has('Nats-Msg-Id')) {
      messageHeaders.set('Nats-Msg-Id', `${this.#schema}-${id}-${createTime.getTime()}`);
    }
    try {
      await this.nats.jetstream.publish(subject, payload, { headers: messageHeaders });
      return undefined;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      this.log.error({ err: error, subject, outboxId: id }, 'NATS refuses a message of the outbox; it stays there');
      return error;
    }
  }
}

/** Too large, a subject that is none, or one that no stream takes: others need not wait for it. */
const isRefusal = (error: unknown): error is Error =>
  error instanceof InvalidArgumentError || error instanceof JetStreamApiError || isNoStream(error);

const isNoStream = (error: unknown): error is Error =>
  error instanceof Error && [error, error.cause].some((each) => each instanceof RequestError && each.isNoResponders());
