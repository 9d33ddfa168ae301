import { type Database, systemTenant } from '@llmops/db';
import { CONFIG, DATABASE, LOGGER, type Logger } from '@llmops/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { ServeConfig } from '../../config.ts';
import { Partitions } from '../ingest/index.ts';
import { RetentionRepository } from './retention.repository.ts';

const dayMs = 86_400_000;
/** A day longer than the stream keeps messages: none can come again that the inbox has forgotten. */
const inboxDays = 8;

/** Makes tomorrow's partitions and removes what is past its retention; safe to run on several replicas at once. */
@Injectable()
export class ApplyRetention {
  constructor(
    @Inject(CONFIG) private readonly config: ServeConfig,
    @Inject(DATABASE) private readonly database: Database,
    @Inject(LOGGER) private readonly log: Logger,
    private readonly partitions: Partitions,
    private readonly repository: RetentionRepository,
  ) {}

  async run(now = Date.now()): Promise<void> {
    await this.partitions.ahead();
    const startOfDay = Math.floor(now / dayMs) * dayMs;
    const daysAgo = (days: number) => new Date(startOfDay - days * dayMs);
    const traces = daysAgo(this.config.OBSERVABILITY_RETENTION_DAYS);
    const hourlyMetrics = daysAgo(this.config.OBSERVABILITY_METRICS_RETENTION_DAYS);
    const { tables, rows } = await this.database.tx(systemTenant, async (tx) => ({
      tables: await this.partitions.dropBefore(tx, traces),
      rows: await this.repository.deleteBefore(tx, { traces, hourlyMetrics, inbox: daysAgo(inboxDays) }),
    }));
    if (tables + rows > 0) this.log.info({ tables, rows }, 'removed what is past its retention');
  }
}
