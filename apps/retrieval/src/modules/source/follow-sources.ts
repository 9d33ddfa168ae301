import type { Transaction } from '@llmops/db';
import { enqueueJob } from '@llmops/platform/jobs';
import { Injectable } from '@nestjs/common';
import { jobs, outbox } from '../../db/schema.ts';

/** How following is queued. */
export const followJob = { service: 'retrieval', kind: 'follow-source' } as const;

export interface FollowInput {
  knowledgeBase: string;
  source: string;
  /** Only what this sync changed; all that is in the source when absent. */
  sync?: string;
}

@Injectable()
export class FollowSources {
  /** Has the documents of these sources brought in line with what is in them, and with whether they are followed at all. */
  async begin(
    tx: Transaction,
    tenant: { organizationId: string; projectId: string },
    knowledgeBase: string,
    sources: readonly string[],
    sync?: string,
  ): Promise<void> {
    const { organizationId, projectId } = tenant;
    for (const source of sources) {
      const input: FollowInput = { knowledgeBase, source, ...(sync && { sync }) };
      await enqueueJob(tx, { jobs, outbox }, { ...followJob, organizationId, projectId, input });
    }
  }
}
