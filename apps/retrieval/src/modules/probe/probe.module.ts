import { Module } from '@nestjs/common';
import { SearchModule } from '../search/index.ts';
import { ProbeRepository } from './probe.repository.ts';
import { ProbeDue } from './probe-due.ts';
import { ProbeRecall } from './probe-recall.ts';

@Module({
  imports: [SearchModule],
  providers: [ProbeRepository, ProbeRecall, ProbeDue],
  exports: [ProbeRecall, ProbeDue],
})
export class ProbeModule {}
