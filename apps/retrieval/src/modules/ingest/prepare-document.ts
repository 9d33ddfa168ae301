import { CONFIG } from '@llmops/platform';
import { Inject, Injectable } from '@nestjs/common';
import { type Chunk, chunkDocument } from '../../chunking/index.ts';
import type { ServeConfig } from '../../config.ts';
import { detectLanguage } from '../../lexical/index.ts';
import { type ParsedDocument, ParseFailure } from '../../parsing/index.ts';
import { ParsedStore } from '../content/index.ts';
import { Embedder } from './embedder.ts';
import { DocumentFailure } from './failure-of.ts';
import { stageSeconds } from './ingest.metrics.ts';
import { hashOf, passageOf, titleOfName } from './passage.ts';
import { Tokenizer } from './tokenizer.ts';
import type { Work, WorkContent, WorkState } from './work-list.repository.ts';

/** A chunk and the key of its embedding, which is in the cache. */
export interface PreparedChunk extends Chunk {
  hash: Buffer;
}

export interface PreparedDocument {
  title: string;
  mediaType: string;
  language: string;
  pageCount: number;
  warnings: string[];
  chunks: PreparedChunk[];
  embedded: number;
  reused: number;
}

/** Told as a document enters a stage; awaited. */
export type OnStage = (state: WorkState) => Promise<void>;

const languageUnits = 4_000;
/** What kills a parser once may have met a full machine. */
const worthASecondTry = new Set(['crashed', 'out_of_memory', 'timeout']);

@Injectable()
export class PrepareDocument {
  constructor(
    @Inject(CONFIG) private readonly config: ServeConfig,
    private readonly parsed: ParsedStore,
    private readonly tokenizer: Tokenizer,
    private readonly embedder: Embedder,
  ) {}

  /**
   * Reads, cuts and embeds a document for an index version. Nothing of it can be found yet.
   * @throws ParseFailure, DocumentFailure; anything else may pass when tried again
   */
  async run(work: Work, content: WorkContent, signal: AbortSignal, onStage: OnStage): Promise<PreparedDocument> {
    await onStage('parsing');
    const document = await timed('parsing', () => this.#parse(content, signal));
    await onStage('chunking');
    const cut = await timed('chunking', () => this.#cut(work, document));
    signal.throwIfAborted();
    const title = document.title?.trim() || titleOfName(content.displayName);
    const passages = cut.map((chunk) => {
      const text = passageOf(title, chunk);
      return { chunk, text, hash: hashOf(text) };
    });
    await onStage('embedding');
    const embedded = await timed('embedding', () =>
      Promise.all(work.models.map((model) => this.embedder.ensure(work, model, passages, signal))),
    );
    const most = Math.max(0, ...embedded);
    return {
      title,
      mediaType: document.mediaType,
      language: document.language ?? detectLanguage(document.text.slice(0, languageUnits)) ?? '',
      pageCount: document.pages.length,
      warnings: document.warnings,
      chunks: passages.map(({ chunk, hash }) => ({ ...chunk, hash })),
      embedded: most,
      reused: cut.length - most,
    };
  }

  async #parse(content: WorkContent, signal: AbortSignal): Promise<ParsedDocument> {
    try {
      return await this.parsed.get(content, signal);
    } catch (error) {
      if (!(error instanceof ParseFailure) || !worthASecondTry.has(error.code)) throw error;
      return this.parsed.get(content, signal);
    }
  }

  async #cut(work: Work, document: ParsedDocument): Promise<Chunk[]> {
    const tokenizer = work.settings.embeddingModels[0]!;
    const chunks = await chunkDocument(document, work.settings.chunker, (texts) =>
      this.tokenizer.ends(work, tokenizer, texts),
    );
    const most = this.config.RETRIEVAL_MAX_CHUNKS_PER_DOCUMENT;
    if (chunks.length <= most) return chunks;
    throw new DocumentFailure(
      'retrieval.document_too_many_chunks',
      `The document makes ${chunks.length} chunks; ${most} is the most. Split it, or use larger chunks.`,
    );
  }
}

async function timed<T>(stage: WorkState, work: () => Promise<T>): Promise<T> {
  const end = stageSeconds.startTimer({ stage });
  try {
    return await work();
  } finally {
    end();
  }
}
