import { createHash } from 'node:crypto';
import { create, fromJson } from '@bufbuild/protobuf';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { SourceConfigSchema, SourceSyncedSchema } from '@llmops/contracts/data/v1/source';
import { Job_State } from '@llmops/contracts/jobs/v1/job';
import type { Database } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { isAppError } from '@llmops/platform/errors';
import { eventMessage, Outbox } from '@llmops/platform/events';
import { OBJECTS, type ObjectStore } from '@llmops/platform/objects';
import { Inject, Injectable } from '@nestjs/common';
import { type Connector, isFailed, mediaTypeOf, type RemoteItem } from '../../connectors/index.ts';
import type { DataJob, JobInput } from '../job/index.ts';
import { OpenConnector } from './open-connector.ts';
import { sourceNotFound } from './source.errors.ts';
import { SourceRepository, type SourceRow } from './source.repository.ts';
import { type FoundContent, SourceItemRepository, type SyncCounts } from './source-item.repository.ts';

export const syncJob = { service: 'data', kind: 'sync-source' } as const;

export interface SyncJobInput extends JobInput {
  sync: string;
}

const defaultMaxBytes = 64 << 20;

/**
 * Brings a source's items in line with what is there. Each item is written as it is read, so that a sync that dies goes on
 * where it was; what is gone is taken out only when the whole listing was seen.
 */
@Injectable()
export class RunSync {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(OBJECTS) private readonly objects: ObjectStore,
    private readonly outbox: Outbox,
    private readonly sources: SourceRepository,
    private readonly items: SourceItemRepository,
    private readonly connectors: OpenConnector,
  ) {}

  async run({ ctx, input, progress }: DataJob<SyncJobInput>): Promise<{ resource: string }> {
    const source = await this.database.tx(ctx, (tx) => this.sources.find(tx, ctx.projectId, input.resource));
    if (!source) {
      await this.database.tx(ctx, (tx) => this.sources.delete(tx, { projectId: ctx.projectId, id: input.resource }));
      throw sourceNotFound(input.resource);
    }
    const connector = await this.connectors.open(ctx, fromJson(SourceConfigSchema, source.config));
    let readBytes = 0;
    let seen = 0;
    try {
      for await (const item of connector.items(ctx.signal)) {
        ctx.signal.throwIfAborted();
        const path = storedPath(item.path);
        if (isFailed(item)) await this.#fail(ctx, source, input.sync, path, item.error);
        else if (path !== item.path) await this.#fail(ctx, source, input.sync, path, 'path: cannot be stored');
        else readBytes += await this.#take(ctx, source, input.sync, item);
        seen += 1;
        progress({ done: seen, unit: 'items', message: path });
      }
      await this.#finish(ctx, source, input.sync, { connector, readBytes, complete: true });
    } catch (error) {
      await this.#finish(ctx, source, input.sync, { connector, readBytes, complete: false });
      throw error;
    } finally {
      await connector.close?.();
    }
    return { resource: source.id };
  }

  /** Returns the bytes that were read: none when the origin says that nothing changed. */
  async #take(ctx: RequestContext, source: SourceRow, sync: string, item: RemoteItem): Promise<number> {
    const known = await this.database.tx(ctx, (tx) => this.items.byPath(tx, source.id, item.path));
    const acl = source.config.acl ?? [];
    const sameAcl = known !== undefined && known.acl.join('\n') === acl.join('\n');
    const hasContent = known?.sha256 != null && known.state !== 'removed' && sameAcl;
    if (known && hasContent && item.version !== '' && known.version === item.version) {
      await this.database.tx(ctx, (tx) => this.items.markSeen(tx, known.id, sync));
      return 0;
    }
    try {
      const found = await this.#read(ctx, source, item);
      await this.database.tx(ctx, (tx) =>
        known && hasContent && known.sha256 === found.sha256
          ? this.items.markSeen(tx, known.id, sync, { version: item.version, title: found.title })
          : this.items.put(tx, ctx.projectId, source.id, sync, found),
      );
      return found.sizeBytes;
    } catch (error) {
      ctx.signal.throwIfAborted();
      if (!isAppError(error)) throw error;
      await this.#fail(ctx, source, sync, item.path, error.message);
      return 0;
    }
  }

  async #read(ctx: RequestContext, { config }: SourceRow, item: RemoteItem): Promise<FoundContent> {
    const maxBytes = Number(config.maxItemBytes ?? 0) || defaultMaxBytes;
    const place = { projectId: ctx.projectId, kind: 'files' };
    const content = item.read(ctx.signal);
    const { sha256, sizeBytes } = await this.objects.putStream(place, content, { maxBytes, signal: ctx.signal });
    const { path, version, modifyTime = null } = item;
    const acl = config.acl ?? [];
    const title = withoutNul(item.title ?? '');
    return { path, version, title, modifyTime, acl, sha256, sizeBytes, mediaType: item.mediaType ?? mediaTypeOf(path) };
  }

  #fail(ctx: RequestContext, source: SourceRow, sync: string, path: string, error: string): Promise<void> {
    const text = withoutNul(error.slice(0, 1_000));
    return this.database.tx(ctx, (tx) => this.items.markFailed(tx, ctx.projectId, source.id, sync, path, text));
  }

  async #finish(
    ctx: RequestContext,
    source: SourceRow,
    sync: string,
    { connector, readBytes, complete }: { connector: Connector; readBytes: number; complete: boolean },
  ): Promise<void> {
    const endTime = new Date();
    const revision = connector.revision?.() ?? '';
    await this.database.tx(ctx, async (tx) => {
      // Deleted meanwhile: what was written since then goes too, and is no news.
      if (!(await this.sources.find(tx, ctx.projectId, source.id, true))) return this.sources.delete(tx, source);
      if (complete && (connector.sawAll?.() ?? true)) await this.items.removeUnseen(tx, source.id, sync);
      const counts = await this.items.counts(tx, source.id, sync);
      await this.sources.updateSync(tx, sync, { ...counts, readBytes, revision, endTime });
      const isNews = counts.added + counts.changed + counts.removed > 0;
      if (isNews) await this.outbox.add(tx, syncedMessage(ctx, source, sync, counts, revision, complete));
    });
    this.outbox.poke();
  }
}

// An entry of the index by path holds a little more.
const maxPathBytes = 2_000;

const withoutNul = (text: string): string => text.replaceAll('\0', '');

/** The path, or a short name for one that the database cannot hold. */
function storedPath(path: string): string {
  if (Buffer.byteLength(path) <= maxPathBytes && !path.includes('\0')) return path;
  return `${withoutNul(path.slice(0, 200))}… ${createHash('sha256').update(path).digest('hex').slice(0, 16)}`;
}

function syncedMessage(
  ctx: RequestContext,
  source: SourceRow,
  id: string,
  counts: SyncCounts,
  revision: string,
  complete: boolean,
) {
  const { organizationId, projectId: project } = ctx;
  const sync = {
    id,
    source: source.id,
    state: complete ? Job_State.SUCCEEDED : Job_State.FAILED,
    added: BigInt(counts.added),
    changed: BigInt(counts.changed),
    removed: BigInt(counts.removed),
    unchanged: BigInt(counts.unchanged),
    failed: BigInt(counts.failed),
    revision,
    endTime: timestampFromDate(new Date()),
  };
  const message = create(SourceSyncedSchema, { organizationId, project, source: source.id, sync });
  return eventMessage('data', SourceSyncedSchema, message, ctx);
}
