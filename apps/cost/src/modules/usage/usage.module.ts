import { Module } from '@nestjs/common';
import { PriceModule } from '../price/index.ts';
import { ApplyRetention } from './apply-retention.ts';
import { CallsConsumer } from './calls.consumer.ts';
import { ListUsage } from './list-usage.ts';
import { RecordUsage } from './record-usage.ts';
import { SummarizeUsage } from './summarize-usage.ts';
import { UsageGrpc } from './usage.grpc.ts';
import { UsageRepository } from './usage.repository.ts';

@Module({
  imports: [PriceModule],
  controllers: [UsageGrpc],
  providers: [UsageRepository, RecordUsage, ListUsage, SummarizeUsage, CallsConsumer, ApplyRetention],
  exports: [CallsConsumer, ApplyRetention],
})
export class UsageModule {}
