import type { RequestContext } from '@llmops/platform/context';
import { OBJECTS, type ObjectStore } from '@llmops/platform/objects';
import { Inject, Injectable } from '@nestjs/common';
import type { JsonRow } from '../../formats/index.ts';
import { detectShape } from '../../shapes/index.ts';
import { VersionWriter } from '../../versions/index.ts';
import { CommitVersion } from './commit-version.ts';
import type { TaggedVersion } from './version.repository.ts';
import type { VersionLineage } from './version-parts.ts';

export interface RowsToWrite {
  datasetId: string;
  rows: AsyncIterable<JsonRow> | Iterable<JsonRow>;
  keyColumns?: string[];
  lineage: Partial<VersionLineage> & Pick<VersionLineage, 'operation'>;
  message: string;
}

@Injectable()
export class WriteRows {
  constructor(
    @Inject(OBJECTS) private readonly objects: ObjectStore,
    private readonly commit: CommitVersion,
  ) {}

  /** Rows that other modules made (annotations, traces) as a new version of a dataset. */
  async run(
    ctx: RequestContext,
    { datasetId, rows, keyColumns = [], lineage, message }: RowsToWrite,
  ): Promise<TaggedVersion> {
    const writer = new VersionWriter({ objects: this.objects, projectId: ctx.projectId, keyColumns });
    for await (const row of rows) {
      ctx.signal.throwIfAborted();
      await writer.add(row, { file: lineage.operation, row: writer.rows + 1 });
    }
    const written = await writer.finish();
    const shape = detectShape(written.schema);
    return this.commit.run(ctx, { datasetId, written, shape, format: '', keyColumns, lineage, message });
  }
}
