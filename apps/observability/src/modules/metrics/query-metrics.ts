import type { Database } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { planSteps } from '@llmops/platform/steps';
import { Inject, Injectable } from '@nestjs/common';
import { quantile } from './histogram.ts';
import { tooManySteps, windowInvalid } from './metrics.errors.ts';
import { MetricsRepository, type StepBucket, type StepSums } from './metrics.repository.ts';

export interface MetricsQuery {
  startTime?: Date | undefined;
  endTime?: Date | undefined;
  stepS: number;
  model: string;
}

export interface MetricTotals {
  time: Date;
  requests: number;
  errors: number;
  cancelled: number;
  inputTokens: number;
  outputTokens: number;
  durationP50Ms: number;
  durationP95Ms: number;
  durationP99Ms: number;
  timeToFirstTokenP50Ms: number;
  timeToFirstTokenP95Ms: number;
}

export interface MetricsAnswer {
  stepS: number;
  points: MetricTotals[];
  total: MetricTotals;
  models: { model: string; total: MetricTotals }[];
}

@Injectable()
export class QueryMetrics {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly metrics: MetricsRepository,
  ) {}

  /** Every step of the range, those without requests as zeros. Models with the most requests first. */
  async run(ctx: RequestContext, query: MetricsQuery): Promise<MetricsAnswer> {
    const steps = planSteps(query, { windowInvalid, tooManySteps });
    const timeOf = (step: number) => new Date(steps.startMs + step * steps.stepS * 1000);
    const { sums, buckets } = await this.database.tx(ctx, async (tx) => ({
      sums: await this.metrics.sums(tx, ctx.projectId, steps, query.model),
      buckets: await this.metrics.buckets(tx, ctx.projectId, steps, query.model),
    }));
    const points = Array.from({ length: steps.count }, () => new Accumulator());
    const total = new Accumulator();
    const models = new Map<string, Accumulator>();
    const touched = ({ step, model }: { step: number; model: string }) => {
      const ofModel = models.get(model) ?? new Accumulator();
      models.set(model, ofModel);
      return [points[step]!, total, ofModel];
    };
    for (const row of sums) for (const accumulator of touched(row)) accumulator.add(row);
    for (const row of buckets) for (const accumulator of touched(row)) accumulator.addBucket(row);
    return {
      stepS: steps.stepS,
      points: points.map((point, step) => point.totals(timeOf(step))),
      total: total.totals(timeOf(0)),
      models: [...models]
        .map(([model, accumulator]) => ({ model, total: accumulator.totals(timeOf(0)) }))
        .sort((a, b) => b.total.requests - a.total.requests),
    };
  }
}

type Sums = Omit<StepSums, 'step' | 'model'>;

class Accumulator {
  readonly #sums: Sums = { requests: 0, errors: 0, cancelled: 0, inputTokens: 0, outputTokens: 0 };
  readonly #counts = { duration: [] as number[], firstToken: [] as number[] };

  add(row: StepSums): void {
    for (const key of Object.keys(this.#sums) as (keyof Sums)[]) this.#sums[key] += row[key];
  }

  addBucket({ kind, bucket, count }: StepBucket): void {
    const counts = this.#counts[kind];
    while (counts.length <= bucket) counts.push(0);
    counts[bucket]! += count;
  }

  totals(time: Date): MetricTotals {
    const { duration, firstToken } = this.#counts;
    return {
      time,
      ...this.#sums,
      durationP50Ms: quantile(duration, 0.5),
      durationP95Ms: quantile(duration, 0.95),
      durationP99Ms: quantile(duration, 0.99),
      timeToFirstTokenP50Ms: quantile(firstToken, 0.5),
      timeToFirstTokenP95Ms: quantile(firstToken, 0.95),
    };
  }
}
