import {
  type CancelDataJobRequest,
  DataJobService,
  type GetDataJobRequest,
  type ListDataJobsRequest,
} from '@llmops/contracts/data/v1/dataset';
import type { RequestContext } from '@llmops/platform/context';
import { GrpcService, type Handlers } from '@llmops/platform/grpc';
import { CancelDataJob, GetDataJob } from './data-jobs.ts';
import { toJob } from './job-messages.ts';
import { ListDataJobs } from './list-data-jobs.ts';

@GrpcService(DataJobService)
export class DataJobGrpc implements Handlers<typeof DataJobService> {
  constructor(
    private readonly list: ListDataJobs,
    private readonly get: GetDataJob,
    private readonly cancel: CancelDataJob,
  ) {}

  async listDataJobs(request: ListDataJobsRequest, ctx: RequestContext) {
    const { rows, nextPageToken } = await this.list.run(ctx, request);
    return { jobs: rows.map(toJob), nextPageToken };
  }

  async getDataJob(request: GetDataJobRequest, ctx: RequestContext) {
    return toJob(await this.get.run(ctx, request.job));
  }

  async cancelDataJob(request: CancelDataJobRequest, ctx: RequestContext) {
    return toJob(await this.cancel.run(ctx, request.job));
  }
}
