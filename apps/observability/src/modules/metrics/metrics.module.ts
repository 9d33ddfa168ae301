import { Module } from '@nestjs/common';
import { MetricsGrpc } from './metrics.grpc.ts';
import { MetricsRepository } from './metrics.repository.ts';
import { QueryMetrics } from './query-metrics.ts';

@Module({ controllers: [MetricsGrpc], providers: [MetricsRepository, QueryMetrics] })
export class MetricsModule {}
