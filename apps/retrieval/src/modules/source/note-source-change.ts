import type { Database } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import { Outbox } from '@llmops/platform/events';
import { Inject, Injectable } from '@nestjs/common';
import { FollowSources } from './follow-sources.ts';
import { FollowerRepository } from './follower.repository.ts';

export interface SourceChange {
  organizationId: string;
  projectId: string;
  source: string;
  /** Absent when the source was deleted. */
  sync: string | undefined;
}

@Injectable()
export class NoteSourceChange {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly follow: FollowSources,
    private readonly followers: FollowerRepository,
  ) {}

  /** Queues the work that a change of a source makes for the knowledge bases that follow it; once for each message. */
  async run(durable: string, messageId: string, change: SourceChange): Promise<void> {
    await this.database.tx(change, async (tx) => {
      if (!(await this.followers.isNew(tx, durable, messageId))) return;
      for (const knowledgeBase of await this.followers.followers(tx, change.projectId, change.source)) {
        if (change.sync === undefined) await this.followers.unfollow(tx, knowledgeBase, change.source);
        await this.follow.begin(tx, change, knowledgeBase, [change.source], change.sync);
      }
    });
    await this.outbox.flush();
  }
}
