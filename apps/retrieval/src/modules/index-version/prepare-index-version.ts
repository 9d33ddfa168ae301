import type { Transaction } from '@llmops/db';
import { newId } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Injectable } from '@nestjs/common';
import { ANALYZER_VERSION } from '../../lexical/index.ts';
import { CHUNKER_VERSION, PARSER_VERSION } from '../../versions.ts';
import { emptyDocumentSet } from './document-set.ts';
import { indexDigest } from './index-digest.ts';
import { IndexVersionRepository, type IndexVersionRow, type NewIndexVersionRow } from './index-version.repository.ts';
import { ResolveSettings, type WantedSettings } from './resolve-settings.ts';

/** A version that only lacks its place: a knowledge base, a number, what it waits for. */
export type PreparedVersion = Omit<NewIndexVersionRow, 'knowledgeBaseId' | 'number' | 'state' | 'lastOrdinal'> & {
  id: string;
};

@Injectable()
export class PrepareIndexVersion {
  constructor(
    private readonly settings: ResolveSettings,
    private readonly versions: IndexVersionRepository,
  ) {}

  /** Asks inference, so not within a transaction. */
  async run(ctx: RequestContext, wanted: WantedSettings): Promise<PreparedVersion> {
    const { settings, models } = await this.settings.run(ctx, wanted);
    const code = { parserVersion: PARSER_VERSION, chunkerVersion: CHUNKER_VERSION, analyzerVersion: ANALYZER_VERSION };
    const documentSet = emptyDocumentSet();
    return {
      id: newId('ix'),
      organizationId: ctx.organizationId,
      projectId: ctx.projectId,
      settings,
      models,
      ...code,
      documentSet,
      digest: indexDigest({ settings, models, ...code, documentSet }),
      createdBy: ctx.actor,
    };
  }

  /** The first of a knowledge base: without documents, so ready at once. */
  insertFirst(tx: Transaction, prepared: PreparedVersion, knowledgeBaseId: string): Promise<IndexVersionRow> {
    const place = { knowledgeBaseId, number: 1, state: 'ready' as const, lastOrdinal: 0, readyTime: new Date() };
    return this.versions.insert(tx, { ...prepared, ...place });
  }
}
