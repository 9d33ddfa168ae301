import type { Database } from '@llmops/db';
import { systemTenant } from '@llmops/db';
import { CONFIG, DATABASE, LOGGER, type Logger } from '@llmops/platform';
import { OBJECTS, type ObjectStore } from '@llmops/platform/objects';
import { Inject, Injectable } from '@nestjs/common';
import type { ServeConfig } from '../../config.ts';
import { parsedKey } from '../content/index.ts';
import { EmbeddingCacheRepository } from './embedding-cache.repository.ts';
import { RemovalRepository } from './removal.repository.ts';

const rowsAtOnce = 1_000;
/** A file is stored before the row that names it is written. */
const youngMs = 24 * 3_600_000;

@Injectable()
export class RemoveDeleted {
  constructor(
    @Inject(CONFIG) private readonly config: ServeConfig,
    @Inject(DATABASE) private readonly database: Database,
    @Inject(OBJECTS) private readonly objects: ObjectStore,
    @Inject(LOGGER) private readonly log: Logger,
    private readonly removal: RemovalRepository,
    private readonly cache: EmbeddingCacheRepository,
  ) {}

  /** Removes index versions and knowledge bases that were deleted. */
  async run(): Promise<void> {
    const versions = await this.database.tx(systemTenant, (tx) => this.removal.doomedVersions(tx));
    for (const version of versions) {
      await this.database
        .tx(version, (tx) => this.removal.dropVersion(tx, version.id))
        .catch((error: unknown) => this.log.info({ err: error, version: version.id }, 'not dropped yet'));
    }
    for (let removed = rowsAtOnce; removed > 0; ) {
      removed = await this.database.tx(systemTenant, (tx) => this.removal.removeKnowledgeBases(tx, rowsAtOnce));
    }
  }

  /** Drops what nobody needs any more: embeddings, and files and texts without a document. */
  async sweep(): Promise<void> {
    const days = this.config.RETRIEVAL_EMBEDDING_CACHE_DAYS;
    for (let dropped = rowsAtOnce; dropped > 0; ) {
      dropped = await this.database.tx(systemTenant, (tx) => this.cache.forget(tx, days, rowsAtOnce));
    }
    for (const projectId of await this.objects.projects()) {
      await this.#sweepFiles(projectId);
      await this.#sweepParsed(projectId);
    }
  }

  async #sweepParsed(projectId: string): Promise<void> {
    const used = new Set<string>();
    for (let after = ''; ; ) {
      const page = await this.database.tx(systemTenant, (tx) =>
        this.removal.parsedDocuments(tx, projectId, after, rowsAtOnce),
      );
      if (page.length === 0) break;
      for (const document of page) used.add(parsedKey(document).sha256);
      after = page.at(-1)!.id;
    }
    for await (const { sha256, putTime } of this.objects.list({ projectId, kind: 'parsed' })) {
      const isYoung = Date.now() - putTime.getTime() < youngMs;
      if (!isYoung && !used.has(sha256)) await this.objects.delete({ projectId, kind: 'parsed', sha256 });
    }
  }

  async #sweepFiles(projectId: string): Promise<void> {
    const old: string[] = [];
    const sweep = async () => {
      const hashes = old.splice(0);
      const unused = await this.database.tx(systemTenant, (tx) => this.removal.unused(tx, projectId, hashes));
      for (const sha256 of unused) await this.objects.delete({ projectId, kind: 'files', sha256 });
    };
    for await (const { sha256, putTime } of this.objects.list({ projectId, kind: 'files' })) {
      if (Date.now() - putTime.getTime() > youngMs) old.push(sha256);
      if (old.length >= rowsAtOnce) await sweep();
    }
    if (old.length > 0) await sweep();
  }
}
