import { Module } from '@nestjs/common';
import { DataJobGrpc } from './data-job.grpc.ts';
import { CancelDataJob, GetDataJob } from './data-jobs.ts';
import { JobRepository } from './job.repository.ts';
import { ListDataJobs } from './list-data-jobs.ts';

@Module({
  controllers: [DataJobGrpc],
  providers: [JobRepository, ListDataJobs, GetDataJob, CancelDataJob],
  exports: [GetDataJob],
})
export class JobModule {}
