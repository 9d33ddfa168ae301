import { type Database, systemTenant, type Transaction } from '@llmops/db';
import { DATABASE, LOGGER, type Logger } from '@llmops/platform';
import { OBJECTS, type ObjectStore } from '@llmops/platform/objects';
import { Inject, Injectable } from '@nestjs/common';
import { chunkKind } from '../../versions/index.ts';
import { inlineKind } from './origin-files.ts';
import { VersionRepository } from './version.repository.ts';
import { getManifest, manifestKind, splitKind } from './version-objects.ts';

// An import must be committed this long after its first chunk was stored.
const graceMs = 24 * 3_600_000;
const batch = 500;

@Injectable()
export class SweepObjects {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(OBJECTS) private readonly objects: ObjectStore,
    @Inject(LOGGER) private readonly log: Logger,
    private readonly versions: VersionRepository,
  ) {}

  /** Deletes what no version refers to and nobody has put lately. Returns how many objects went. */
  async run(olderThan = new Date(Date.now() - graceMs)): Promise<number> {
    let swept = 0;
    for (const projectId of await this.objects.projects()) {
      for (;;) {
        const deleted = await this.#sweepProject(projectId, olderThan);
        swept += deleted;
        if (deleted < batch) break;
      }
    }
    if (swept > 0) this.log.info({ objects: swept }, 'objects that no version refers to are gone');
    return swept;
  }

  /** At most a batch at a time: a commit of the project waits meanwhile. */
  async #sweepProject(projectId: string, olderThan: Date): Promise<number> {
    return this.database.tx(systemTenant, async (tx) => {
      await this.versions.lockObjects(tx, projectId);
      const used = await this.#used(tx, projectId);
      let deleted = 0;
      for (const kind of [chunkKind, manifestKind, splitKind, inlineKind]) {
        for await (const { sha256, putTime } of this.objects.list({ projectId, kind })) {
          if (used.has(sha256) || putTime >= olderThan) continue;
          await this.objects.delete({ projectId, kind, sha256 });
          deleted += 1;
          if (deleted === batch) return deleted;
        }
      }
      return deleted;
    });
  }

  async #used(tx: Transaction, projectId: string): Promise<Set<string>> {
    const used = new Set<string>();
    for (const { manifestObject, splitObject } of await this.versions.objects(tx, projectId)) {
      if (splitObject) used.add(splitObject);
      if (used.has(manifestObject)) continue;
      used.add(manifestObject);
      const { pages, chunks } = await getManifest(this.objects, projectId, manifestObject);
      for (const page of pages) used.add(page);
      for (const { sha256 } of chunks) used.add(sha256);
    }
    return used;
  }
}
