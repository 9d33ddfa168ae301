import type { Database } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { planSteps } from '@llmops/platform/steps';
import { Inject, Injectable } from '@nestjs/common';
import { tooManySteps, windowInvalid } from './usage.errors.ts';
import { UsageRepository, type UsageTotals } from './usage.repository.ts';

export interface UsageSummary {
  stepS: number;
  points: (UsageTotals & { time: Date })[];
  total: UsageTotals & { time: Date };
  /** The dearest first. */
  models: { key: string; total: UsageTotals }[];
  actors: { key: string; total: UsageTotals }[];
}

const nothing: UsageTotals = { calls: 0n, inputTokens: 0n, outputTokens: 0n, costNanoUsd: 0n, unpricedCalls: 0n };

@Injectable()
export class SummarizeUsage {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly repository: UsageRepository,
  ) {}

  /** Every step of the range, those without calls as zeros. */
  async run(
    ctx: RequestContext,
    range: { startTime?: Date | undefined; endTime?: Date | undefined; stepS: number },
  ): Promise<UsageSummary> {
    const steps = planSteps(range, { windowInvalid, tooManySteps });
    const sums = await this.database.tx(ctx, (tx) => this.repository.sums(tx, ctx.projectId, steps));
    const timeOf = (step: number) => new Date(steps.startMs + step * steps.stepS * 1000);
    const ofStep = new Map(sums.map((sum) => [sum.step, sum]));
    const groups = (by: 'model' | 'actor') =>
      sums
        .filter((sum) => sum[by] !== null)
        .map((sum) => ({ key: sum[by]!, total: sum }))
        .sort((a, b) => compare(b.total.costNanoUsd, a.total.costNanoUsd) || compare(b.total.calls, a.total.calls));
    const all = sums.find((sum) => sum.step === null && sum.model === null && sum.actor === null);
    return {
      stepS: steps.stepS,
      points: Array.from({ length: steps.count }, (_, step) => ({
        ...(ofStep.get(step) ?? nothing),
        time: timeOf(step),
      })),
      total: { ...(all ?? nothing), time: timeOf(0) },
      models: groups('model'),
      actors: groups('actor'),
    };
  }
}

const compare = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);
