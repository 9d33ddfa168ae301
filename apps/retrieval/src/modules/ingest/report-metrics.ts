import type { Database } from '@llmops/db';
import { systemTenant } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import { Inject, Injectable } from '@nestjs/common';
import { Embedder } from './embedder.ts';
import { documentsByState, embedQueueDepth } from './ingest.metrics.ts';
import { WorkListRepository } from './work-list.repository.ts';

@Injectable()
export class ReportMetrics {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly list: WorkListRepository,
    private readonly embedder: Embedder,
  ) {}

  async run(): Promise<void> {
    const counts = await this.database.tx(systemTenant, (tx) => this.list.countByState(tx));
    documentsByState.reset();
    for (const { state, count } of counts) documentsByState.set({ state }, count);
    embedQueueDepth.set(this.embedder.depth);
  }
}
