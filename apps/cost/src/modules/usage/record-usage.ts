import type { Call } from '@llmops/contracts/gateway/v1/call';
import { type Database, recordOnce, systemTenant, type Transaction } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import { Inject, Injectable } from '@nestjs/common';
import { inbox } from '../../db/schema.ts';
import { PriceList } from '../price/index.ts';
import { toUsageRow } from './to-usage-row.ts';
import { UsageRepository, type UsageRow } from './usage.repository.ts';
import { usageDeltas } from './usage-sums.ts';

export interface CallsMessage {
  id: string;
  calls: Call[];
}

/** Rows of one statement: bounds its memory, and its time below the statement timeout. */
const chunkSize = 1_000;

@Injectable()
export class RecordUsage {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly repository: UsageRepository,
    private readonly prices: PriceList,
  ) {}

  /** Writes the calls of messages that had no effect yet, and their sums, in one transaction with the inbox. */
  async run(durable: string, messages: readonly CallsMessage[]): Promise<void> {
    await this.database.tx(systemTenant, async (tx) => {
      const ids = messages.map(({ id }) => id);
      const fresh = await recordOnce(tx, inbox, durable, ids);
      const rows = new Map<string, UsageRow>();
      for (const { id, calls } of messages) {
        if (!fresh.has(id)) continue;
        for (const call of calls)
          rows.set(
            call.id,
            toUsageRow(call, (key) => this.prices.get(key)),
          );
      }
      await this.#write(tx, [...rows.values()]);
    });
  }

  async #write(tx: Transaction, rows: readonly UsageRow[]): Promise<void> {
    const written: UsageRow[] = [];
    for (let i = 0; i < rows.length; i += chunkSize) {
      const chunk = rows.slice(i, i + chunkSize);
      const ids = await this.repository.insert(tx, chunk);
      written.push(...chunk.filter((row) => ids.has(row.callId)));
    }
    // Last, because other replicas wait for these rows until we commit.
    await this.repository.addSums(tx, usageDeltas(written));
  }
}
