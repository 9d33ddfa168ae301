import { type Database, isOutage, systemTenant } from '@llmops/db';
import { CONFIG, DATABASE, LOGGER, type Logger } from '@llmops/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { ServeConfig } from '../../config.ts';
import { FinishBuildRepository, type UnfinishedVersion } from './finish-build.repository.ts';
import { VersionLock } from './version-lock.ts';

const pauseMs = 60_000;
/** A full disk or too little shared memory may pass; what does not is told. */
const mostTries = 5;

@Injectable()
export class FinishBuilds {
  /** Of versions whose end has failed. */
  readonly #failures = new Map<string, { count: number; at: number }>();

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
      if (Date.now() - (this.#failures.get(version.id)?.at ?? 0) < pauseMs) continue;
      await this.#finish(version, min).catch((error: unknown) => this.#failed(version, error));
    }
  }

  async #failed(version: UnfinishedVersion, error: unknown): Promise<void> {
    this.log.error({ err: error, version: version.id }, 'index version could not be finished');
    const count = (this.#failures.get(version.id)?.count ?? 0) + 1;
    this.#failures.set(version.id, { count, at: Date.now() });
    if (version.state !== 'building' || (isOutage(error) && count < mostTries)) return;
    const message = error instanceof Error ? error.message : String(error);
    await this.database.tx(version, (tx) => this.builds.setFailed(tx, version.id, message));
  }

  async #finish(version: UnfinishedVersion, min: number): Promise<void> {
    if (version.chunkCount >= min && !(await this.#buildHnsw(version))) return;
    if (version.state !== 'building') return;
    await this.database.tx(version, (tx) => this.builds.setReady(tx, version.id));
    this.log.info({ version: version.id, chunks: version.chunkCount }, 'index version is ready');
  }

  /** False when another process is at it. */
  async #buildHnsw(version: UnfinishedVersion): Promise<boolean> {
    const memoryMb = this.config.RETRIEVAL_HNSW_MEMORY_MB;
    for (const [slot, { name, dimensions }] of version.models.entries()) {
      if (version.hnswSlots.includes(slot)) continue;
      const startMs = Date.now();
      // In the lock, so that our own writers wait here and not in the database, where they would time out.
      const built = await this.lock.run(version.id, () =>
        this.database.tx(version, (tx) => this.builds.buildHnsw(tx, version, { slot, dimensions, memoryMb })),
      );
      if (!built) return false;
      const ms = Date.now() - startMs;
      this.log.info({ version: version.id, model: name, vectors: version.chunkCount, ms }, 'HNSW index made');
    }
    return true;
  }
}
