import { type Database, systemTenant } from '@llmops/db';
import { DATABASE, LOGGER, type Logger } from '@llmops/platform';
import { OBJECTS, type ObjectStore } from '@llmops/platform/objects';
import { Inject, Injectable } from '@nestjs/common';
import { UploadRepository } from '../upload/index.ts';
import { SourceItemRepository } from './source-item.repository.ts';

// What was put is spoken of in a row a moment later; a day is beyond any doubt.
const graceMs = 24 * 3_600_000;

@Injectable()
export class SweepFiles {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(OBJECTS) private readonly objects: ObjectStore,
    @Inject(LOGGER) private readonly log: Logger,
    private readonly uploads: UploadRepository,
    private readonly items: SourceItemRepository,
  ) {}

  /** Forgets uploads whose time is over, and deletes files that no upload and no item speaks of. Returns how many went. */
  async run(olderThan = new Date(Date.now() - graceMs)): Promise<number> {
    await this.database.tx(systemTenant, (tx) => this.uploads.deleteExpired(tx, 1_000));
    let swept = 0;
    for (const projectId of await this.objects.projects()) {
      const used = await this.database.tx(systemTenant, async (tx) => [
        await this.uploads.hashes(tx, projectId),
        await this.items.hashes(tx, projectId),
      ]);
      for (const kind of ['files', 'parts']) {
        for await (const { sha256, putTime } of this.objects.list({ projectId, kind })) {
          if (putTime >= olderThan || used.some((hashes) => hashes.has(sha256))) continue;
          await this.objects.delete({ projectId, kind, sha256 });
          swept += 1;
        }
      }
    }
    if (swept > 0) this.log.info({ objects: swept }, 'files that nothing refers to are gone');
    return swept;
  }
}
