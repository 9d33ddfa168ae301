import { type Database, systemTenant } from '@llmops/db';
import { CONFIG, DATABASE } from '@llmops/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { ServeConfig } from '../../config.ts';
import { UsageRepository } from './usage.repository.ts';

const dayMs = 86_400_000;
/** A day longer than the stream keeps messages: none can come again that the inbox has forgotten. */
const inboxDays = 8;

/** Removes sums by minute and inbox rows that are past their time. The ledger stays. */
@Injectable()
export class ApplyRetention {
  constructor(
    @Inject(CONFIG) private readonly config: ServeConfig,
    @Inject(DATABASE) private readonly database: Database,
    private readonly repository: UsageRepository,
  ) {}

  async run(now = Date.now()): Promise<void> {
    const daysAgo = (days: number) => new Date(now - days * dayMs);
    await this.database.tx(systemTenant, (tx) =>
      this.repository.deleteBefore(tx, daysAgo(this.config.COST_MINUTE_RETENTION_DAYS), daysAgo(inboxDays)),
    );
  }
}
