import { type Database, isOutage, systemTenant } from '@llmops/db';
import { CONFIG, DATABASE, LOGGER, type Logger } from '@llmops/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { ServeConfig } from '../../config.ts';
import { FinishBuildRepository, type UnfinishedVersion } from './finish-build.repository.ts';
import { VersionLock } from './version-lock.ts';

const pauseMs = 60_000;

@Injectable()
export class FinishBuilds {
  /** Of versions whose end has failed. */
  readonly #notBefore = new Map<string, number>();

  constructor(
    @Inject(CONFIG) private readonly config: ServeConfig,
    @Inject(DATABASE) private readonly database: Database,
    @Inject(LOGGER) private readonly log: Logger,
    private readonly lock: VersionLock,
    private readonly builds: FinishBuildRepository,
  ) {}

  /**
   * Makes versions ready whose documents are all done, after their HNSW indexes; and gives one to a version that has grown
   * since. It is made over all vectors at once, which takes a fraction of the time of adding them one by one.
   */
  async run(): Promise<void> {
    const min = this.config.RETRIEVAL_HNSW_MIN_VECTORS;
    const versions = await this.database.tx(systemTenant, (tx) => this.builds.unfinished(tx, min));
    for (const version of versions) {
      if (version.state === 'building' && !version.complete) continue;
      if ((this.#notBefore.get(version.id) ?? 0) > Date.now()) continue;
      await this.#finish(version, min).catch((error: unknown) => this.#failed(version, error));
    }
  }

  async #failed(version: UnfinishedVersion, error: unknown): Promise<void> {
    this.log.error({ err: error, version: version.id }, 'index version could not be finished');
    this.#notBefore.set(version.id, Date.now() + pauseMs);
    if (isOutage(error) || version.state !== 'building') return;
    const message = error instanceof Error ? error.message : String(error);
    await this.database.tx(version, (tx) => this.builds.setFailed(tx, version.id, message));
  }

  async #finish(version: UnfinishedVersion, min: number): Promise<void> {
    if (version.chunkCount >= min) await this.#buildHnsw(version);
    if (version.state !== 'building') return;
    await this.database.tx(version, (tx) => this.builds.setReady(tx, version.id));
    this.log.info({ version: version.id, chunks: version.chunkCount }, 'index version is ready');
  }

  async #buildHnsw(version: UnfinishedVersion): Promise<void> {
    const memoryMb = this.config.RETRIEVAL_HNSW_MEMORY_MB;
    for (const [slot, { name, dimensions }] of version.models.entries()) {
      if (version.hnswSlots.includes(slot)) continue;
      const startMs = Date.now();
      // In the lock, so that our own writers wait here and not in the database, where they would time out.
      const built = await this.lock.run(version.id, () =>
        this.database.tx(version, (tx) => this.builds.buildHnsw(tx, version, { slot, dimensions, memoryMb })),
      );
      const ms = Date.now() - startMs;
      if (built)
        this.log.info({ version: version.id, model: name, vectors: version.chunkCount, ms }, 'HNSW index made');
    }
  }
}
