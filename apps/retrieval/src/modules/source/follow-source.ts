import { SourceItem_State } from '@llmops/contracts/data/v1/source';
import type { Database } from '@llmops/db';
import { CONFIG, DATABASE, LOGGER, type Logger, ServiceCaller } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { isAppError } from '@llmops/platform/errors';
import { Inject, Injectable } from '@nestjs/common';
import type { ServeConfig } from '../../config.ts';
import { SOURCES, type Sources } from '../../peers.ts';
import { ContentStore } from '../content/index.ts';
import { DeleteDocument, type DocumentInput, DocumentRepository, PutDocuments } from '../document/index.ts';
import type { FollowInput } from './follow-sources.ts';
import { FollowerRepository } from './follower.repository.ts';
import { itemName } from './item-document.ts';

export interface FollowProgress {
  seen: number;
  put: number;
  deleted: number;
  skipped: number;
}

type Items = Awaited<ReturnType<Sources['listSourceItems']>>['items'];

const pageSize = 200;

@Injectable()
export class FollowSource {
  constructor(
    @Inject(CONFIG) private readonly config: ServeConfig,
    @Inject(DATABASE) private readonly database: Database,
    @Inject(SOURCES) private readonly sources: Sources,
    @Inject(LOGGER) private readonly log: Logger,
    private readonly caller: ServiceCaller,
    private readonly contents: ContentStore,
    private readonly put: PutDocuments,
    private readonly remove: DeleteDocument,
    private readonly documents: DocumentRepository,
    private readonly followers: FollowerRepository,
  ) {}

  /**
   * Brings a knowledge base in line with a source: what is new or changed there is put, what is gone there is deleted, and
   * of what is the same nothing is read or written. Safe to run again.
   */
  async run(
    tenant: { organizationId: string; projectId: string },
    input: FollowInput,
    signal: AbortSignal,
    progress: (state: FollowProgress) => void,
  ): Promise<FollowProgress> {
    const done: FollowProgress = { seen: 0, put: 0, deleted: 0, skipped: 0 };
    const { knowledgeBase, source } = input;
    const follows = await this.database.tx(tenant, (tx) => this.followers.isFollowing(tx, knowledgeBase, source));
    const ctx = await this.caller.contextFor(tenant, signal);
    const began = new Date();
    const present = new Set<string>();
    if (follows) {
      for await (const items of this.#items(tenant, input, signal)) {
        done.seen += items.length;
        await this.#takeIn(await this.caller.contextFor(tenant, signal), input, items, done);
        for (const { path, state } of items) if (state !== SourceItem_State.REMOVED) present.add(path);
        progress(done);
      }
    }
    if (follows !== undefined && !(follows && input.sync)) {
      await this.#dropOthers(ctx, input, present, began, done);
      progress(done);
    }
    return done;
  }

  async *#items(
    tenant: { organizationId: string; projectId: string },
    { source, sync = '' }: FollowInput,
    signal: AbortSignal,
  ): AsyncGenerator<Items> {
    let pageToken = '';
    do {
      const ctx = await this.caller.contextFor(tenant, signal);
      const request = { project: tenant.projectId, source, sync, pageSize, pageToken };
      const page = await this.sources.listSourceItems(ctx, request);
      yield page.items;
      pageToken = page.nextPageToken;
    } while (pageToken !== '');
  }

  async #takeIn(ctx: RequestContext, input: FollowInput, items: Items, done: FollowProgress): Promise<void> {
    const { knowledgeBase, source } = input;
    const paths = items.map(({ path }) => path);
    const known = await this.database.tx(ctx, (tx) => this.documents.ofSource(tx, knowledgeBase, source, paths));
    const puts: DocumentInput[] = [];
    const gone: string[] = [];
    for (const item of items) {
      const old = known.get(item.path);
      if (item.state === SourceItem_State.REMOVED) {
        if (old) gone.push(old.id);
        continue;
      }
      const isSame = old?.sha256 === item.sha256 && sameAcl(old.acl, item.acl);
      if (isSame || item.state !== SourceItem_State.PRESENT) continue;
      const read = await this.#read(ctx, source, item);
      if (read) puts.push(read);
      else done.skipped += 1;
    }
    if (puts.length > 0) await this.put.run(ctx, knowledgeBase, puts);
    if (gone.length > 0) done.deleted += await this.remove.several(ctx, knowledgeBase, gone);
    done.put += puts.length;
  }

  /** Undefined for what cannot be taken in: too large, or gone since it was listed. */
  async #read(ctx: RequestContext, source: string, item: Items[number]): Promise<DocumentInput | undefined> {
    try {
      const bodies = this.sources.readSourceItem(ctx, { project: ctx.projectId, source, item: item.id });
      const limits = { maxBytes: this.config.RETRIEVAL_MAX_DOCUMENT_BYTES, signal: ctx.signal };
      return {
        ...itemName(source, item.path, item.title),
        mediaType: item.mediaType,
        content: await this.contents.putStream(ctx.projectId, dataOf(bodies), limits),
        metadata: { path: item.path },
        acl: item.acl,
        source: { id: source, item: item.path },
      };
    } catch (error) {
      if (!isAppError(error) || (error.category !== 'invalid' && error.category !== 'not_found')) throw error;
      this.log.warn({ err: error, source, item: item.id }, 'item of a source is left out');
      return undefined;
    }
  }

  /** Deletes the source's documents that are not in it, except those that came while it was listed. */
  async #dropOthers(
    ctx: RequestContext,
    { knowledgeBase, source }: FollowInput,
    present: ReadonlySet<string>,
    began: Date,
    done: FollowProgress,
  ): Promise<void> {
    const place = { knowledgeBaseId: knowledgeBase, source };
    for (let after = ''; ; ) {
      const page = await this.database.tx(ctx, (tx) => this.documents.pageOfSource(tx, place, after, pageSize));
      if (page.length === 0) return;
      const others = page.filter(({ item, createTime }) => !present.has(item ?? '') && createTime < began);
      const ids = others.map(({ id }) => id);
      if (ids.length > 0) done.deleted += await this.remove.several(ctx, knowledgeBase, ids);
      after = page.at(-1)!.id;
    }
  }
}

const sameAcl = (one: readonly string[], other: readonly string[]): boolean =>
  JSON.stringify([...one].sort()) === JSON.stringify([...new Set(other)].sort());

async function* dataOf(bodies: AsyncIterable<{ data: Uint8Array }>): AsyncIterable<Uint8Array> {
  for await (const { data } of bodies) yield data;
}
