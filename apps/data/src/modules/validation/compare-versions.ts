import type { Database } from '@llmops/db';
import { DATABASE, newId } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Outbox } from '@llmops/platform/events';
import { enqueueJob } from '@llmops/platform/jobs';
import { Inject, Injectable } from '@nestjs/common';
import { jobs, outbox } from '../../db/schema.ts';
import { OpenVersion } from '../dataset/index.ts';
import type { JobInput } from '../job/index.ts';
import { type ComparisonKind, ComparisonRepository, type ComparisonWithJob } from './comparison.repository.ts';
import { GetComparison } from './get-comparison.ts';
import { columnsMissing } from './validation.errors.ts';

/** How comparisons are queued. */
export const contaminationJob = { service: 'data', kind: 'check-contamination' } as const;
export const driftJob = { service: 'data', kind: 'measure-drift' } as const;

export interface CompareJobInput extends JobInput {
  /** `cr_…`, `dr_…` */
  comparison: string;
}

export interface ComparisonInput {
  first: string;
  second: string;
  columns: string[];
  embeddings: boolean;
  model: string;
}

const kinds = {
  contamination: { job: contaminationJob, prefix: 'cr' },
  drift: { job: driftJob, prefix: 'dr' },
} as const;

@Injectable()
export class CompareVersions {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly openVersion: OpenVersion,
    private readonly comparisons: ComparisonRepository,
    private readonly get: GetComparison,
  ) {}

  /** Queues the work; the report is there at once. Throws `data.version_not_found`, `data.column_not_found`. */
  async run(ctx: RequestContext, kind: ComparisonKind, input: ComparisonInput): Promise<ComparisonWithJob> {
    const { organizationId, projectId, actor } = ctx;
    const { first, second, columns, embeddings, model } = input;
    for (const id of [first, second]) await this.#checkColumns(ctx, id, columns);
    const { job, prefix } = kinds[kind];
    const id = newId(prefix);
    await this.database.tx(ctx, async (tx) => {
      const jobInput: CompareJobInput = { resource: id, actor, comparison: id };
      const jobId = await enqueueJob(tx, { jobs, outbox }, { ...job, organizationId, projectId, input: jobInput });
      await this.comparisons.insert(tx, {
        ...{ id, organizationId, projectId, kind, jobId, columns, embeddings, model },
        firstVersion: first,
        secondVersion: second,
      });
    });
    this.outbox.poke();
    return this.get.run(ctx, kind, id);
  }

  async #checkColumns(ctx: RequestContext, id: string, columns: readonly string[]): Promise<void> {
    const { version } = await this.openVersion.run(ctx, id);
    const names = new Set(version.columns.map(({ name }) => name));
    // Of a path such as `messages[].content` the version knows the beginning.
    const missing = columns.filter((column) => !names.has(column) && !names.has(column.split(/[.[]/)[0]!));
    if (missing.length > 0) throw columnsMissing(missing, id);
  }
}
