import type { Call } from '@llmops/contracts/gateway/v1/call';
import { type Database, recordOnce, systemTenant, type Transaction } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import { Inject, Injectable } from '@nestjs/common';
import { inbox } from '../../db/schema.ts';
import { IngestRepository } from './ingest.repository.ts';
import { Partitions } from './partitions.ts';
import { type RecordedCall, recordCall } from './recorded-call.ts';
import { metricDeltas, sessionDeltas } from './roll-up.ts';

export interface CallsMessage {
  id: string;
  calls: Call[];
}

/** Rows of one statement: bounds its memory, and its time below the statement timeout. */
const chunkSize = 500;

@Injectable()
export class RecordCalls {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly repository: IngestRepository,
    private readonly partitions: Partitions,
  ) {}

  /**
   * Writes the calls of messages that had no effect yet: rows, spans, metrics and sessions in one transaction with the
   * inbox. Returns the calls that are new; a call that comes again in another message is not.
   */
  async run(durable: string, messages: readonly CallsMessage[]): Promise<RecordedCall[]> {
    const recorded = messages.map(({ id, calls }) => ({ id, calls: calls.map(recordCall) }));
    await this.partitions.ensure(
      recorded.flatMap(({ calls }) => calls.flatMap(({ spans }) => spans.map(({ startMs }) => startMs))),
    );
    return this.database.tx(systemTenant, async (tx) => {
      const ids = recorded.map(({ id }) => id);
      const fresh = await recordOnce(tx, inbox, durable, ids);
      const calls = new Map<string, RecordedCall>();
      for (const message of recorded) {
        if (!fresh.has(message.id)) continue;
        for (const call of message.calls) calls.set(call.call.id, call);
      }
      return this.#write(tx, [...calls.values()]);
    });
  }

  async #write(tx: Transaction, calls: readonly RecordedCall[]): Promise<RecordedCall[]> {
    const written: RecordedCall[] = [];
    for (let i = 0; i < calls.length; i += chunkSize) {
      const chunk = calls.slice(i, i + chunkSize);
      const ids = await this.repository.insertCalls(tx, chunk);
      const fresh = ids.size === chunk.length ? chunk : chunk.filter(({ call }) => ids.has(call.id));
      if (fresh.length === 0) continue;
      await this.repository.insertSpans(
        tx,
        fresh.flatMap(({ spans }) => spans),
      );
      written.push(...fresh);
    }
    // Last, because other replicas wait for these rows until we commit.
    await this.repository.addSessions(tx, sessionDeltas(written));
    await this.repository.addMetrics(tx, metricDeltas(written));
    return written;
  }
}
