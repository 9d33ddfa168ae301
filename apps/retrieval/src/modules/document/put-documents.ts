import { isDeepStrictEqual } from 'node:util';
import type { Database, Transaction } from '@llmops/db';
import { CONFIG, DATABASE, newId } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import type { ServeConfig } from '../../config.ts';
import { documentInvalid, knowledgeBaseNotFound, tooManyDocuments } from '../../errors.ts';
import { WakeUp } from '../../wake-up.ts';
import { laneOf, type StoredContent } from '../content/index.ts';
import { IndexVersionRepository } from '../index-version/index.ts';
import { DocumentRepository, type DocumentView } from './document.repository.ts';
import { metadataProblem } from './metadata-problem.ts';

/** A document whose content is stored already. */
export interface DocumentInput {
  uri: string;
  displayName: string;
  mediaType: string;
  content: StoredContent;
  metadata: Record<string, unknown>;
  acl: string[];
  /** Of `data`. */
  source?: { id: string; item: string };
}

const tries = 5;

/** Somebody made one of these uris at the same time: tried again, it is there to be compared with. */
class MadeMeanwhile extends Error {}

@Injectable()
export class PutDocuments {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CONFIG) private readonly config: ServeConfig,
    private readonly wakeUp: WakeUp,
    private readonly documents: DocumentRepository,
    private readonly versions: IndexVersionRepository,
  ) {}

  /**
   * Makes or replaces the documents of these uris, all or none. What is the same already is left as it is; where only
   * metadata or ACL differ nothing is read again. They are indexed after this returns, in every version that is kept.
   */
  async run(ctx: RequestContext, knowledgeBaseId: string, inputs: readonly DocumentInput[]): Promise<DocumentView[]> {
    checkInputs(inputs);
    for (let attempt = 1; ; attempt += 1) {
      try {
        const rows = await this.database.tx(ctx, async (tx) => {
          const live = await this.documents.shareKnowledgeBase(tx, knowledgeBaseId);
          if (!live) throw knowledgeBaseNotFound(knowledgeBaseId);
          await this.#write(tx, ctx, knowledgeBaseId, inputs);
          const uris = inputs.map(({ uri }) => uri);
          return this.documents.byUris(tx, knowledgeBaseId, live, uris);
        });
        this.wakeUp.wake();
        return rows;
      } catch (error) {
        if (!(error instanceof MadeMeanwhile) || attempt === tries) throw error;
      }
    }
  }

  async #write(tx: Transaction, ctx: RequestContext, knowledgeBaseId: string, inputs: readonly DocumentInput[]) {
    const existing = await this.documents.lockByUri(
      tx,
      knowledgeBaseId,
      inputs.map(({ uri }) => uri),
    );
    const changed: string[] = [];
    const added = [];
    let relabelled = false;
    // In one order, so that two calls with the same uris wait for each other and do not lock each other out.
    for (const input of inputs.toSorted((one, other) => (one.uri < other.uri ? -1 : 1))) {
      const old = existing.get(input.uri);
      const row = rowOf(ctx, knowledgeBaseId, input);
      if (!old) {
        added.push({ id: newId('doc'), ...row });
      } else if (!sameContent(old, input) && isWider(row.acl, old.acl)) {
        // Until the new content is indexed the old one is found: never by those whom only the new ACL lets in.
        await this.documents.delete(tx, knowledgeBaseId, [old.id]);
        added.push({ id: newId('doc'), ...row });
        relabelled = true;
      } else if (!sameContent(old, input)) {
        await this.documents.replace(tx, old.id, row);
        changed.push(old.id);
      } else if (!isDeepStrictEqual([old.metadata, old.acl], [row.metadata, row.acl])) {
        await this.documents.relabel(tx, old.id, row);
        relabelled = true;
      }
    }
    if (added.length > 0) await this.#checkRoom(tx, knowledgeBaseId, added.length);
    if ((await this.documents.insert(tx, added)) < added.length) throw new MadeMeanwhile();
    const ids = [...changed, ...added.map(({ id }) => id)];
    if (ids.length > 0) await this.documents.enlist(tx, knowledgeBaseId, ids);
    if (relabelled) await this.versions.touch(tx, knowledgeBaseId);
  }

  async #checkRoom(tx: Transaction, knowledgeBaseId: string, added: number): Promise<void> {
    const most = this.config.RETRIEVAL_MAX_DOCUMENTS;
    if ((await this.documents.count(tx, knowledgeBaseId, most + 1)) + added > most) throw tooManyDocuments(most);
  }
}

function checkInputs(inputs: readonly DocumentInput[]): void {
  const uris = new Set<string>();
  for (const { uri, displayName, mediaType, acl, metadata } of inputs) {
    if (uris.has(uri)) throw documentInvalid('documents.uri', `${JSON.stringify(uri)} is there twice`);
    uris.add(uri);
    const texts = { uri, display_name: displayName, media_type: mediaType, acl: acl.join(' ') };
    for (const [field, text] of Object.entries(texts)) {
      if (text.includes('\0')) throw documentInvalid(field, 'must hold no NUL');
    }
    const problem = metadataProblem(metadata);
    if (problem) throw documentInvalid('metadata', problem);
  }
}

/** Whether somebody may find a document by this ACL and not by the one before. */
const isWider = (acl: readonly string[], before: readonly string[]): boolean =>
  before.length > 0 && (acl.length === 0 || acl.some((one) => !before.includes(one)));

const sameContent = (
  old: Pick<DocumentView, 'sha256' | 'displayName' | 'declaredMediaType'>,
  input: DocumentInput,
): boolean =>
  old.sha256 === input.content.sha256 &&
  // Both decide how the content is read, and the name is found by its words.
  old.displayName === input.displayName &&
  old.declaredMediaType === input.mediaType;

const rowOf = (ctx: RequestContext, knowledgeBaseId: string, input: DocumentInput) => ({
  organizationId: ctx.organizationId,
  projectId: ctx.projectId,
  knowledgeBaseId,
  uri: input.uri,
  displayName: input.displayName,
  declaredMediaType: input.mediaType,
  ...input.content,
  metadata: input.metadata,
  acl: [...new Set(input.acl)].sort(),
  lane: laneOf(input.displayName, input.mediaType),
  source: input.source?.id ?? null,
  sourceItem: input.source?.item ?? null,
});
