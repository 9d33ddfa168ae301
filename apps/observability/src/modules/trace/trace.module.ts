import { Module } from '@nestjs/common';
import { GetTrace } from './get-trace.ts';
import { ListSessions } from './list-sessions.ts';
import { ListTraces } from './list-traces.ts';
import { LiveTraces } from './live-traces.ts';
import { SessionRepository } from './session.repository.ts';
import { TraceGrpc } from './trace.grpc.ts';
import { TraceRepository } from './trace.repository.ts';

@Module({
  controllers: [TraceGrpc],
  providers: [TraceRepository, SessionRepository, ListTraces, GetTrace, ListSessions, LiveTraces],
  exports: [LiveTraces],
})
export class TraceModule {}
