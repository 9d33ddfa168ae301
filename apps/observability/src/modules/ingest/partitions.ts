import { type Database, systemTenant, type Transaction } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import { Inject, Injectable } from '@nestjs/common';
import { sql } from 'drizzle-orm';

const dayMs = 86_400_000;

/** The daily partitions of calls and spans. */
@Injectable()
export class Partitions {
  /** Days that have theirs, or cannot have it: their rows go to the default partition. */
  readonly #settled = new Set<number>();

  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** Makes the partitions that hold these times (ms), in transactions of their own, so that no lock outlives them. */
  async ensure(timesMs: Iterable<number>): Promise<void> {
    const days = new Set<number>();
    for (const ms of timesMs) days.add(Math.floor(ms / dayMs));
    for (const day of days) {
      if (this.#settled.has(day)) continue;
      await this.database.tx(systemTenant, (tx) =>
        tx.execute(sql`select observability.ensure_partition(${isoDay(day)}::date)`),
      );
      this.#settled.add(day);
    }
  }

  /** Today's and the next two days', so that at midnight nobody waits. */
  ahead(): Promise<void> {
    const now = Date.now();
    return this.ensure([now, now + dayMs, now + 2 * dayMs]);
  }

  /** Drops the days before `cutoff`; returns the number of tables. */
  async dropBefore(tx: Transaction, cutoff: Date): Promise<number> {
    const day = isoDay(Math.floor(cutoff.getTime() / dayMs));
    const { rows } = await tx.execute<{ dropped: number }>(
      sql`select observability.drop_partitions(${day}::date) as dropped`,
    );
    // A late call of a dropped day makes its partition again.
    this.#settled.clear();
    return rows[0]!.dropped;
  }
}

const isoDay = (day: number) => new Date(day * dayMs).toISOString().slice(0, 10);
