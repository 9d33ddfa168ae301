import { OBJECTS, type ObjectStore } from '@llmops/platform/objects';
import { Inject, Injectable } from '@nestjs/common';
import type { FileFormat } from '../../formats/index.ts';
import { detectShape } from '../../shapes/index.ts';
import { VersionWriter } from '../../versions/index.ts';
import type { DataJob } from '../job/index.ts';
import { CommitVersion } from './commit-version.ts';
import { importRows } from './import-rows.ts';
import type { ImportJobInput } from './import-version.ts';
import { KeptSplits } from './kept-splits.ts';
import { OpenOrigin, type OriginFiles } from './origin-files.ts';
import { splitBy } from './split-plan.ts';
import type { TaggedVersion } from './version.repository.ts';

const progressEvery = 1_000;

@Injectable()
export class RunImport {
  constructor(
    @Inject(OBJECTS) private readonly objects: ObjectStore,
    private readonly openOrigin: OpenOrigin,
    private readonly keptSplits: KeptSplits,
    private readonly commit: CommitVersion,
  ) {}

  /** Reads all rows, then makes them a version. Run again it gives the same one. */
  async run(job: DataJob<ImportJobInput>): Promise<{ resource: string }> {
    const version = await this.openOrigin.run(job.ctx, job.input.origin, (found) => this.#import(job, found));
    return { resource: version.id };
  }

  async #import(job: DataJob<ImportJobInput>, { files, sync }: OriginFiles): Promise<TaggedVersion> {
    const { ctx, input, progress } = job;
    const { splitPlan, keyColumns, origin } = input;
    let message = '';
    let format: FileFormat | undefined;
    const writer = new VersionWriter({
      objects: this.objects,
      projectId: ctx.projectId,
      keyColumns,
      splitBy: splitBy(splitPlan),
    });
    const rows = importRows(files, {
      format: input.format,
      encoding: input.encoding || undefined,
      delimiter: input.delimiter || undefined,
      inferTypes: input.inferTypes,
      wholeFiles: input.wholeFiles,
      shape: input.shape,
      signal: ctx.signal,
      onFile: (file, detected) => {
        format ??= detected.format;
        message = `reads ${file.name}`;
      },
    });
    for await (const { row, place } of rows) {
      await writer.add(row, place);
      if (writer.rows % progressEvery !== 0) continue;
      ctx.signal.throwIfAborted();
      progress({ done: writer.rows, unit: 'rows', message });
    }
    const written = await writer.finish();
    progress({ done: written.rows, total: written.rows, unit: 'rows', message: 'commits the version' });
    ctx.signal.throwIfAborted();
    const names = files.map(({ name }) => name);
    return this.commit.run(ctx, {
      datasetId: input.dataset,
      written,
      shape: detectShape(written.schema),
      format: format ?? '',
      keyColumns,
      splitPlan,
      splitsBefore: splitPlan && (await this.keptSplits.ofLatest(ctx, input.dataset, splitPlan)),
      lineage: {
        operation: origin.kind === 'traces' ? 'traces' : 'import',
        detail: names.length === 1 ? names[0]! : `${names.length} files`,
        source: origin.kind === 'source' ? origin.source : '',
        sync,
        job: job.id,
        fileName: origin.kind === 'upload' ? (names[0] ?? '') : '',
      },
      message: input.message,
    });
  }
}
