import type { Transaction } from '@llmops/db';
import type { RequestContext } from '@llmops/platform/context';
import { Injectable } from '@nestjs/common';
import { indexVersionNotFound, knowledgeBaseNotFound } from '../../errors.ts';
import { type SearchTarget, SearchTargetRepository } from './search-target.repository.ts';

/** What is searched; throws `retrieval.knowledge_base_not_found`, `retrieval.index_version_not_found`. */
@Injectable()
export class FindTarget {
  constructor(private readonly targets: SearchTargetRepository) {}

  async run(
    tx: Transaction,
    ctx: RequestContext,
    { knowledgeBaseId, indexVersionId }: { knowledgeBaseId: string; indexVersionId: string },
  ): Promise<SearchTarget> {
    // Postgres takes no NUL; no id has one.
    if (knowledgeBaseId.includes('\0')) throw knowledgeBaseNotFound(knowledgeBaseId);
    if (indexVersionId.includes('\0')) throw indexVersionNotFound(indexVersionId);
    const found = await this.targets.find(tx, ctx.projectId, knowledgeBaseId, indexVersionId);
    if (!found) throw knowledgeBaseNotFound(knowledgeBaseId);
    if (found === 'index_missing') throw indexVersionNotFound(indexVersionId || 'live');
    return found;
  }
}
