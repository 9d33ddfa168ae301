import type { Database } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { OBJECTS, type ObjectStore } from '@llmops/platform/objects';
import { Inject, Injectable } from '@nestjs/common';
import { itemNotFound, sourceNotFound, syncNotFound } from './source.errors.ts';
import { SourceRepository, type SourceRow, type SourceTotals, type SyncRow } from './source.repository.ts';
import { type ItemQuery, type ItemRow, SourceItemRepository } from './source-item.repository.ts';

/** A source with what people want to see beside it. */
export interface SourceView {
  source: SourceRow;
  totals: SourceTotals;
  lastSync: SyncRow | undefined;
}

/** Everything that is read of sources; nothing here changes anything. */
@Injectable()
export class ReadSources {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(OBJECTS) private readonly objects: ObjectStore,
    private readonly sources: SourceRepository,
    private readonly items: SourceItemRepository,
  ) {}

  list(ctx: RequestContext, pageSize: number, pageToken: string) {
    return this.database.tx(ctx, async (tx) => {
      const { rows, nextPageToken } = await this.sources.page(tx, ctx.projectId, pageSize || 50, pageToken);
      const ids = rows.map(({ id }) => id);
      const totals = await this.sources.totals(tx, ctx.projectId, ids);
      const lastIds = rows.flatMap(({ lastSync }) => lastSync ?? []);
      const syncs = new Map((await this.sources.syncs(tx, ctx.projectId, lastIds)).map((sync) => [sync.id, sync]));
      const views = rows.map((source) => ({
        source,
        totals: totals.get(source.id) ?? { items: 0, bytes: 0 },
        lastSync: syncs.get(source.lastSync ?? ''),
      }));
      return { views, nextPageToken };
    });
  }

  get(ctx: RequestContext, id: string): Promise<SourceView> {
    return this.database.tx(ctx, async (tx) => {
      const source = await this.sources.find(tx, ctx.projectId, id);
      if (!source) throw sourceNotFound(id);
      const totals = (await this.sources.totals(tx, ctx.projectId, [id])).get(id) ?? { items: 0, bytes: 0 };
      const [lastSync] = await this.sources.syncs(tx, ctx.projectId, source.lastSync === null ? [] : [source.lastSync]);
      return { source, totals, lastSync };
    });
  }

  async syncs(ctx: RequestContext, sourceId: string, pageSize: number, pageToken: string) {
    await this.get(ctx, sourceId);
    return this.database.tx(ctx, (tx) => this.sources.syncPage(tx, ctx.projectId, sourceId, pageSize || 50, pageToken));
  }

  async sync(ctx: RequestContext, sourceId: string, id: string): Promise<SyncRow> {
    const [sync] = await this.database.tx(ctx, (tx) => this.sources.syncs(tx, ctx.projectId, [id]));
    if (sync?.sourceId !== sourceId) throw syncNotFound(id);
    return sync;
  }

  async itemsOf(ctx: RequestContext, sourceId: string, query: ItemQuery) {
    await this.get(ctx, sourceId);
    return this.database.tx(ctx, (tx) => this.items.page(tx, ctx.projectId, sourceId, query));
  }

  /** An item's content as it was last read. */
  async content(ctx: RequestContext, sourceId: string, id: string) {
    const item = await this.database.tx(ctx, (tx) => this.items.find(tx, ctx.projectId, sourceId, id));
    const sha256 = item?.sha256;
    if (!item || !sha256) throw itemNotFound(id);
    return { item, content: this.objects.read({ projectId: ctx.projectId, kind: 'files', sha256 }) };
  }

  /** All that is there, with content: what an import reads. */
  async contents(ctx: RequestContext, sourceId: string): Promise<{ sync: string; items: ItemRow[] }> {
    const { source } = await this.get(ctx, sourceId);
    const items = await this.database.tx(ctx, (tx) => this.items.all(tx, ctx.projectId, sourceId));
    return { sync: source.lastSync ?? '', items: items.filter(({ sha256 }) => sha256 !== null) };
  }
}
