import type { RequestContext } from '@llmops/platform/context';
import { Injectable } from '@nestjs/common';
import { CommitVersion } from './commit-version.ts';
import { GetVersion } from './get-version.ts';
import { OpenVersion } from './open-version.ts';
import { type SplitRequest, toSplitPlan, unitsOf } from './split-plan.ts';
import type { TaggedVersion } from './version.repository.ts';

@Injectable()
export class SplitVersion {
  constructor(
    private readonly getVersion: GetVersion,
    private readonly openVersion: OpenVersion,
    private readonly commit: CommitVersion,
  ) {}

  /** A version with the same rows and these splits. Only the splits are stored. */
  async run(ctx: RequestContext, datasetId: string, name: string, request: SplitRequest): Promise<TaggedVersion> {
    const plan = toSplitPlan(request);
    const opened = await this.openVersion.open(await this.getVersion.run(ctx, datasetId, name));
    const { version, chunks } = opened;
    const units = plan && (await unitsOf(ctx, opened, plan));
    return this.commit.run(ctx, {
      datasetId,
      written: {
        chunks,
        rows: version.rowCount,
        bytes: version.sizeBytes,
        addedBytes: 0,
        schema: version.schema,
        columns: version.columns,
        units,
      },
      shape: version.shape,
      format: version.format,
      keyColumns: version.keyColumns,
      splitPlan: plan,
      lineage: {
        operation: 'split',
        detail: request.rules.map(({ name: split }) => split).join(', '),
        parentVersions: [version.id],
      },
      message: '',
    });
  }
}
