import type { Database } from '@llmops/db';
import { systemTenant } from '@llmops/db';
import { DATABASE, LOGGER, type Logger } from '@llmops/platform';
import { systemContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { ProbeRepository } from './probe.repository.ts';
import { ProbeRecall } from './probe-recall.ts';

const afterHours = 24;

/** Probes indexes that were built since, and all of them once a day. */
@Injectable()
export class ProbeDue {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(LOGGER) private readonly log: Logger,
    private readonly repository: ProbeRepository,
    private readonly probe: ProbeRecall,
  ) {}

  async run(): Promise<void> {
    const due = await this.database.tx(systemTenant, (tx) => this.repository.due(tx, afterHours));
    for (const { organizationId, projectId, knowledgeBaseId, indexVersionId } of due) {
      const ctx = systemContext({ organizationId, projectId });
      const { alarm } = await this.probe.run(ctx, { knowledgeBaseId, indexVersionId, queries: 0, k: 0 });
      if (alarm) this.log.warn({ knowledgeBase: knowledgeBaseId, version: indexVersionId }, 'recall is too low');
    }
  }
}
