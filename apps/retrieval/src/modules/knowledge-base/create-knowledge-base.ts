import type { Database } from '@llmops/db';
import { DATABASE, newId } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Outbox } from '@llmops/platform/events';
import { Inject, Injectable } from '@nestjs/common';
import { PrepareIndexVersion, type WantedSettings } from '../index-version/index.ts';
import { FollowSources } from '../source/index.ts';
import { GetKnowledgeBase, type KnowledgeBaseView } from './get-knowledge-base.ts';
import { KnowledgeBaseRepository } from './knowledge-base.repository.ts';

export interface CreateKnowledgeBaseInput {
  displayName: string;
  description: string;
  index: WantedSettings;
  searchSettings: Record<string, unknown>;
  sources: string[];
}

@Injectable()
export class CreateKnowledgeBase {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly prepare: PrepareIndexVersion,
    private readonly follow: FollowSources,
    private readonly get: GetKnowledgeBase,
    private readonly knowledgeBases: KnowledgeBaseRepository,
  ) {}

  /** With its first index version, which answers at once, with nothing. */
  async run(ctx: RequestContext, input: CreateKnowledgeBaseInput): Promise<KnowledgeBaseView> {
    const prepared = await this.prepare.run(ctx, input.index);
    const view = await this.database.tx(ctx, async (tx) => {
      const row = await this.knowledgeBases.insert(tx, {
        id: newId('kb'),
        organizationId: ctx.organizationId,
        projectId: ctx.projectId,
        displayName: input.displayName,
        description: input.description,
        searchSettings: input.searchSettings,
        liveIndexVersion: prepared.id,
        sources: [...new Set(input.sources)],
        createdBy: ctx.actor,
      });
      await this.prepare.insertFirst(tx, prepared, row.id);
      await this.follow.begin(tx, ctx, row.id, row.sources);
      return (await this.get.view(tx, [row]))[0]!;
    });
    await this.outbox.flush();
    return view;
  }
}
