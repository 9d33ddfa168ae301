import type { Database, JobRow } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { requestCancel } from '@llmops/platform/jobs';
import { Inject, Injectable } from '@nestjs/common';
import { jobs } from '../../db/schema.ts';
import { jobNotFound } from './job.errors.ts';
import { JobRepository } from './job.repository.ts';

@Injectable()
export class GetDataJob {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly jobs: JobRepository,
  ) {}

  async run(ctx: RequestContext, id: string): Promise<JobRow> {
    const job = await this.database.tx(ctx, (tx) => this.jobs.get(tx, ctx.projectId, id));
    if (!job) throw jobNotFound(id);
    return job;
  }
}

@Injectable()
export class CancelDataJob {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly getJob: GetDataJob,
  ) {}

  /** A running job stops within a second; what it has not finished is undone or never seen. */
  async run(ctx: RequestContext, id: string): Promise<JobRow> {
    await this.getJob.run(ctx, id);
    await this.database.tx(ctx, (tx) => requestCancel(tx, jobs, id));
    return this.getJob.run(ctx, id);
  }
}
