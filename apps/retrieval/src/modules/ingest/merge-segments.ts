import type { Database } from '@llmops/db';
import { systemTenant } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import { Inject, Injectable } from '@nestjs/common';
import { chooseMerge } from '../../lexical/index.ts';
import { IndexWriterRepository } from './index-writer.repository.ts';
import { mergeInThread } from './merge-in-thread.ts';
import { type FragmentedVersion, type SegmentInfo, SegmentRepository } from './segment.repository.ts';

const minSegments = 8;
const deadShare = 0.3;

@Injectable()
export class MergeSegments {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly segments: SegmentRepository,
    private readonly writer: IndexWriterRepository,
  ) {}

  /** Makes one segment of several where there are many. Returns how many merges there were. */
  async run(): Promise<number> {
    const versions = await this.database.tx(systemTenant, (tx) => this.segments.fragmented(tx, minSegments, deadShare));
    let merges = 0;
    for (const version of versions) {
      const chosen = choose(version);
      if (chosen && (await this.#merge(version, chosen))) merges += 1;
    }
    return merges;
  }

  /** False when somebody else has merged one of them. */
  async #merge(version: FragmentedVersion, chosen: readonly SegmentInfo[]): Promise<boolean> {
    const ids = chosen.map(({ id }) => id);
    const { data, live } = await this.database.tx(version, async (tx) => ({
      data: await this.segments.data(tx, ids),
      live: await this.segments.liveOrdinals(tx, version.id),
    }));
    if (data.length < ids.length) return false;
    const merged = await mergeInThread(data, live);
    return this.database.tx(version, async (tx) => {
      // Rows of a list that has changed are locked by whoever changes it, so this waits and then finds them gone.
      if ((await this.segments.delete(tx, ids)) < ids.length) throw new Error('segments were merged by somebody else');
      await this.writer.insertSegment(tx, {
        versionId: version.id,
        projectId: version.projectId,
        level: Math.max(...chosen.map(({ level }) => level)) + 1,
        ...merged,
      });
      return true;
    });
  }
}

function choose({ segments, chunkCount }: FragmentedVersion): SegmentInfo[] | undefined {
  const summaries = segments.map(({ id, docCount, sizeBytes }) => ({
    ...{ id, documents: docCount, deletedDocuments: 0, sizeBytes },
  }));
  const ids = chooseMerge(summaries);
  if (ids) return segments.filter(({ id }) => ids.includes(id));
  const all = segments.reduce((sum, { docCount }) => sum + docCount, 0);
  return all > chunkCount / (1 - deadShare) ? segments : undefined;
}
