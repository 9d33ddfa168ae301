import type { Database } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Outbox } from '@llmops/platform/events';
import { Inject, Injectable } from '@nestjs/common';
import { knowledgeBaseNotFound } from '../../errors.ts';
import { FollowSources } from '../source/index.ts';
import { KnowledgeBaseRepository, type KnowledgeBaseRow } from './knowledge-base.repository.ts';

/** What is undefined stays as it is. */
export interface KnowledgeBaseChange {
  displayName: string | undefined;
  description: string | undefined;
  searchSettings: Record<string, unknown> | undefined;
  sources: string[] | undefined;
}

@Injectable()
export class UpdateKnowledgeBase {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly follow: FollowSources,
    private readonly knowledgeBases: KnowledgeBaseRepository,
  ) {}

  /** Documents of a source that is new come, those of one that is left out go, both after this returns. */
  async run(ctx: RequestContext, id: string, change: KnowledgeBaseChange): Promise<void> {
    await this.database.tx(ctx, async (tx) => {
      const before = await this.knowledgeBases.lock(tx, id);
      if (!before) throw knowledgeBaseNotFound(id);
      const after: KnowledgeBaseRow = {
        ...before,
        displayName: change.displayName ?? before.displayName,
        description: change.description ?? before.description,
        searchSettings: change.searchSettings ?? before.searchSettings,
        sources: change.sources ? [...new Set(change.sources)] : before.sources,
      };
      const { displayName, description, searchSettings, sources } = after;
      await this.knowledgeBases.change(tx, id, { displayName, description, searchSettings, sources });
      const changed = [...sources, ...before.sources].filter(
        (source) => sources.includes(source) !== before.sources.includes(source),
      );
      await this.follow.begin(tx, ctx, id, changed);
    });
    await this.outbox.flush();
  }
}
