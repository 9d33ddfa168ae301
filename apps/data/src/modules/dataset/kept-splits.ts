import type { RequestContext } from '@llmops/platform/context';
import { Injectable } from '@nestjs/common';
import type { HashCounts } from '../../versions/index.ts';
import { GetDataset } from './get-dataset.ts';
import { OpenVersion } from './open-version.ts';
import { samePlan, splitsByUnit } from './split-plan.ts';
import type { SplitPlan } from './version-parts.ts';

/** The splits that rows had in an earlier version by the same plan: a test row never becomes a training row. */
@Injectable()
export class KeptSplits {
  constructor(
    private readonly getDataset: GetDataset,
    private readonly openVersion: OpenVersion,
  ) {}

  /** Of the dataset's newest version. */
  async ofLatest(ctx: RequestContext, datasetId: string, plan: SplitPlan): Promise<HashCounts | undefined> {
    const { latest } = await this.getDataset.run(ctx, datasetId);
    return latest && this.of(ctx, latest.id, plan);
  }

  async of(ctx: RequestContext, versionId: string, plan: SplitPlan): Promise<HashCounts | undefined> {
    const opened = await this.openVersion.run(ctx, versionId);
    const { splitPlan } = opened.version;
    if (!splitPlan || !samePlan(splitPlan, plan)) return undefined;
    return splitsByUnit(ctx, opened, plan);
  }
}
