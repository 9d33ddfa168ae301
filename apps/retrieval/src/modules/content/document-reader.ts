import { CONFIG } from '@llmops/platform';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { ServeConfig } from '../../config.ts';
import { type ParsedDocument, ParserPool, type SourceFile } from '../../parsing/index.ts';

const idleMs = 60_000;

/** Reads documents. The parser's processes start with the first document that needs one and end when none came for a minute. */
@Injectable()
export class DocumentReader implements OnModuleDestroy {
  #pool: ParserPool | undefined;
  #using = 0;
  #idle: NodeJS.Timeout | undefined;

  constructor(@Inject(CONFIG) private readonly config: ServeConfig) {}

  /** @throws ParseFailure when the document cannot be read */
  parse(file: SourceFile, signal: AbortSignal): Promise<ParsedDocument> {
    return this.#use((pool) => pool.parse(file, signal));
  }

  /** A page of a PDF as PNG. @throws ParseFailure */
  renderPage(bytes: Uint8Array, page: number, width: number, signal: AbortSignal): Promise<Buffer> {
    return this.#use((pool) => pool.renderPage(bytes, page, width, signal));
  }

  async onModuleDestroy(): Promise<void> {
    clearTimeout(this.#idle);
    await this.#pool?.stop();
  }

  async #use<T>(work: (pool: ParserPool) => Promise<T>): Promise<T> {
    clearTimeout(this.#idle);
    this.#using += 1;
    this.#pool ??= new ParserPool({
      workers: this.config.RETRIEVAL_PARSER_WORKERS,
      limits: { maxFileBytes: this.config.RETRIEVAL_MAX_DOCUMENT_BYTES },
    });
    try {
      return await work(this.#pool);
    } finally {
      this.#using -= 1;
      if (this.#using === 0) this.#idle = setTimeout(() => this.#end(), idleMs).unref();
    }
  }

  #end(): void {
    const pool = this.#pool;
    this.#pool = undefined;
    void pool?.stop();
  }
}
