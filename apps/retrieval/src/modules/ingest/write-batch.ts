import { setImmediate as turn } from 'node:timers/promises';
import type { Database, Transaction } from '@llmops/db';
import { DATABASE, newId } from '@llmops/platform';
import { Inject, Injectable } from '@nestjs/common';
import { buildSegment } from '../../lexical/index.ts';
import { changeDocumentSet, indexDigest } from '../index-version/index.ts';
import type { Failure } from './failure-of.ts';
import { type ChunkRow, type Former, IndexWriterRepository } from './index-writer.repository.ts';
import type { PreparedDocument } from './prepare-document.ts';
import type { Work } from './work-list.repository.ts';

/** How a document's way into a version ends. */
export type Ending =
  | { kind: 'indexed'; work: Work; sha256: string; document: PreparedDocument }
  | { kind: 'failed'; work: Work; failure: Failure }
  | { kind: 'deleted'; work: Work };

/** Embeddings were dropped from the cache between being made and being used. */
export class EmbeddingsMissing extends Error {
  override readonly name = 'EmbeddingsMissing';
}

const segmentChunks = 512;

interface Accepted {
  ending: Ending;
  former: Former;
}

@Injectable()
export class WriteBatch {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly writer: IndexWriterRepository,
  ) {}

  /**
   * Writes the endings of documents of one version in one transaction: a search sees each document as it was or as it is,
   * and a crash leaves it so. Those that changed meanwhile or that another worker holds are left out; returns which were
   * written.
   */
  async run(versionId: string, owner: string, endings: readonly Ending[]): Promise<boolean[]> {
    const { work } = endings[0]!;
    const rows = await this.#chunkRows(endings);
    const segments = work.settings.noLexical ? [] : await segmentsOf(endings, rows);
    const written = await this.database.tx(work, async (tx) => {
      const accepted = await this.#accept(tx, versionId, owner, endings);
      if (accepted.length === 0) return new Set<Ending>();
      await this.#write(tx, versionId, accepted, rows);
      const added = accepted.some(({ ending }) => (rows.get(ending)?.length ?? 0) > 0);
      for (const segment of added ? segments : []) {
        await this.writer.insertSegment(tx, { versionId, projectId: work.projectId, level: 0, ...segment });
      }
      return new Set(accepted.map(({ ending }) => ending));
    });
    return endings.map((ending) => written.has(ending));
  }

  async #chunkRows(endings: readonly Ending[]): Promise<Map<Ending, ChunkRow[]>> {
    const indexed = endings.filter((ending) => ending.kind === 'indexed');
    const count = indexed.reduce((sum, { document }) => sum + document.chunks.length, 0);
    const ordinals =
      count === 0 ? [] : await this.database.tx(indexed[0]!.work, (tx) => this.writer.takeOrdinals(tx, count));
    let next = 0;
    return new Map(
      indexed.map((ending) => [
        ending,
        ending.document.chunks.map((chunk) => rowOf(ending.work, chunk, ordinals[next++]!)),
      ]),
    );
  }

  /** Holds what is written: documents first, then the list of work, as whoever changes documents does. */
  async #accept(tx: Transaction, versionId: string, owner: string, endings: readonly Ending[]): Promise<Accepted[]> {
    const works = endings.map(({ work }) => work);
    const ids = works.map(({ documentId }) => documentId);
    const present = await this.writer.lockDocuments(tx, ids);
    const held = await this.writer.lockWork(tx, {
      versionId,
      owner,
      ids,
      generations: works.map(({ generation }) => generation),
    });
    return endings.flatMap((ending) => {
      const { documentId, generation } = ending.work;
      const former = held.get(documentId);
      const generationNow = present.get(documentId);
      const isCurrent = ending.kind === 'deleted' ? generationNow === undefined : generationNow === generation;
      return former && isCurrent ? [{ ending, former }] : [];
    });
  }

  async #write(
    tx: Transaction,
    versionId: string,
    accepted: readonly Accepted[],
    rows: ReadonlyMap<Ending, ChunkRow[]>,
  ): Promise<void> {
    const version = await this.writer.lockVersion(tx, versionId);
    if (!version) return;
    const chunks = accepted.flatMap(({ ending }) => rows.get(ending) ?? []);
    const formers = accepted.map(({ former }) => former).filter(({ sha256 }) => sha256 !== null);
    const old = formers.map(({ documentOrdinal }) => documentOrdinal);
    await this.writer.removeChunks(tx, versionId, version.models.length, old);
    await this.writer.insertChunks(tx, chunks);
    for (const [slot, { digest }] of version.models.entries()) {
      const inserted = await this.writer.insertVectors(tx, slot, digest, chunks);
      if (inserted < chunks.length) throw new EmbeddingsMissing();
    }
    const indexed = accepted.map(({ ending }) => ending).filter((ending) => ending.kind === 'indexed');
    await this.writer.setFacts(tx, indexed.map(factsOf));
    await this.#end(tx, versionId, accepted);
    const documentSet = changeDocumentSet(
      version.documentSet,
      indexed.map(({ sha256 }) => sha256),
      formers.map(({ sha256 }) => sha256!),
    );
    await this.writer.advance(tx, versionId, {
      documentSet,
      digest: indexDigest({ ...version, documentSet }),
      chunks: chunks.length - formers.reduce((sum, { chunkCount }) => sum + chunkCount, 0),
      embedded: indexed.reduce((sum, { document }) => sum + document.embedded, 0),
      reused: indexed.reduce((sum, { document }) => sum + document.reused, 0),
    });
  }

  async #end(tx: Transaction, versionId: string, accepted: readonly Accepted[]): Promise<void> {
    const deleted = accepted.filter(({ ending }) => ending.kind === 'deleted');
    const outcomes = accepted.flatMap(({ ending }) => (ending.kind === 'deleted' ? [] : [outcomeOf(ending)]));
    if (outcomes.length > 0) await this.writer.finish(tx, versionId, outcomes);
    if (deleted.length > 0) {
      await this.writer.forget(
        tx,
        versionId,
        deleted.map(({ ending }) => ending.work.documentId),
      );
    }
  }
}

const outcomeOf = (ending: Exclude<Ending, { kind: 'deleted' }>) => ({
  documentId: ending.work.documentId,
  state: ending.kind,
  errorCode: ending.kind === 'failed' ? ending.failure.code : '',
  errorMessage: ending.kind === 'failed' ? ending.failure.message : '',
  sha256: ending.kind === 'failed' ? null : ending.sha256,
  chunkCount: ending.kind === 'failed' ? 0 : ending.document.chunks.length,
});

const factsOf = ({ work, document }: Extract<Ending, { kind: 'indexed' }>) => ({
  documentId: work.documentId,
  mediaType: document.mediaType,
  title: document.title,
  language: document.language,
  pageCount: document.pageCount,
  warnings: document.warnings,
});

const rowOf = (work: Work, chunk: PreparedDocument['chunks'][number], ordinal: number): ChunkRow => ({
  versionId: work.versionId,
  ordinal,
  id: newId('chk'),
  projectId: work.projectId,
  documentId: work.documentId,
  documentOrdinal: work.documentOrdinal,
  position: chunk.ordinal,
  text: chunk.text,
  prefix: chunk.prefix,
  headingPath: chunk.headingPath,
  start: chunk.start,
  end: chunk.end,
  parentStart: chunk.parentStart,
  parentEnd: chunk.parentEnd,
  page: chunk.page ?? 0,
  pageEnd: chunk.pageEnd ?? chunk.page ?? 0,
  regions: chunk.boxes,
  tokens: chunk.tokens,
  kind: chunk.kind,
  hash: chunk.hash,
});

/** In pieces, between which calls are answered: a large document's takes seconds. They are merged later. */
async function segmentsOf(endings: readonly Ending[], rows: ReadonlyMap<Ending, ChunkRow[]>) {
  const documents = endings.flatMap((ending) =>
    ending.kind === 'indexed' ? (rows.get(ending) ?? []).map((row) => lexicalDocument(ending.document, row)) : [],
  );
  const segments = [];
  for (let at = 0; at < documents.length; at += segmentChunks) {
    const some = documents.slice(at, at + segmentChunks);
    segments.push({ docCount: some.length, data: buildSegment(some) });
    await turn();
  }
  return segments;
}

const lexicalDocument = ({ title, language }: PreparedDocument, row: ChunkRow) => ({
  ordinal: row.ordinal,
  fields: { title, headings: row.headingPath, text: row.prefix + row.text },
  language: language || undefined,
});
