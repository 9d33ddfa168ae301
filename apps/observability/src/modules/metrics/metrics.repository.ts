import type { Transaction } from '@llmops/db';
import type { Steps } from '@llmops/platform/steps';
import { Injectable } from '@nestjs/common';
import { sql } from 'drizzle-orm';

export interface StepSums {
  /** From 0. */
  step: number;
  model: string;
  requests: number;
  errors: number;
  cancelled: number;
  inputTokens: number;
  outputTokens: number;
}

export interface StepBucket {
  step: number;
  model: string;
  kind: 'duration' | 'firstToken';
  bucket: number;
  count: number;
}

@Injectable()
export class MetricsRepository {
  async sums(tx: Transaction, projectId: string, steps: Steps, model: string): Promise<StepSums[]> {
    const { rows } = await tx.execute<StepSums & Record<string, unknown>>(sql`
      select ${stepOf(steps)} as step, model, sum(requests)::int8 as requests, sum(errors)::int8 as errors,
        sum(cancelled)::int8 as cancelled, sum(input_tokens)::int8 as "inputTokens", sum(output_tokens)::int8 as "outputTokens"
      from observability.metrics where ${within(projectId, steps, model)} group by 1, 2`);
    // bigint comes as text: it does not fit a number in general. These do.
    return rows.map((row) => ({
      step: row.step,
      model: row.model,
      requests: Number(row.requests),
      errors: Number(row.errors),
      cancelled: Number(row.cancelled),
      inputTokens: Number(row.inputTokens),
      outputTokens: Number(row.outputTokens),
    }));
  }

  /** The histograms, summed by step and model; only buckets that hold something. */
  async buckets(tx: Transaction, projectId: string, steps: Steps, model: string): Promise<StepBucket[]> {
    const { rows } = await tx.execute<StepBucket & Record<string, unknown>>(sql`
      select ${stepOf(steps)} as step, model, kind, (position - 1)::int as bucket, sum(count)::int8 as count
      from observability.metrics, lateral (
        select 'duration' as kind, u.count, u.position from unnest(duration_counts) with ordinality u(count, position)
        union all
        select 'firstToken', u.count, u.position from unnest(time_to_first_token_counts) with ordinality u(count, position)
      ) as histogram
      where ${within(projectId, steps, model)} and histogram.count > 0 group by 1, 2, 3, 4`);
    return rows.map((row) => ({ ...row, count: Number(row.count) }));
  }
}

const stepOf = ({ startMs, stepS }: Steps) =>
  sql`((extract(epoch from time)::int8 - ${startMs / 1000}::int8) / ${stepS}::int8)::int`;

function within(projectId: string, { startMs, stepS, count, widthS }: Steps, model: string) {
  const start = new Date(startMs).toISOString();
  const end = new Date(startMs + count * stepS * 1000).toISOString();
  const ofModel = model === '' ? sql`` : sql`and model = ${model}`;
  return sql`project_id = ${projectId} and width_s = ${widthS} and time >= ${start}::timestamptz and time < ${end}::timestamptz ${ofModel}`;
}
