import { setTimeout as sleep } from 'node:timers/promises';
import {
  addToOutbox,
  type Database,
  type OutboxMessage,
  type OutboxTable,
  systemTenant,
  type Transaction,
} from '@llmops/db';
import { headers as natsHeaders } from '@nats-io/transport-node';
import { asc, inArray } from 'drizzle-orm';
import { getTableConfig } from 'drizzle-orm/pg-core';
import type { Logger } from '../logging/index.ts';
import type { Nats } from '../nats/index.ts';

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

  /** Sends everything there is now; for verbs whose caller expects the effect when they return. */
  async flush(): Promise<void> {
    while ((await this.#relayBatch()) === batchSize);
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
      for (const row of rows) {
        const headers = natsHeaders();
        for (const [name, value] of Object.entries(row.headers)) headers.set(name, value);
        if (!headers.has('Nats-Msg-Id'))
          headers.set('Nats-Msg-Id', `${this.#schema}-${row.id}-${row.createTime.getTime()}`);
        await this.nats.jetstream.publish(row.subject, row.payload, { headers });
      }
      if (rows.length > 0) {
        await tx.delete(this.table).where(
          inArray(
            this.table.id,
            rows.map((row) => row.id),
          ),
        );
      }
      return rows.length;
    });
  }
}
