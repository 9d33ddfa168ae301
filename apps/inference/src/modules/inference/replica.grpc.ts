import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { type ListReplicasRequest, Replica_State, ReplicaService } from '@llmops/contracts/inference/v1/inference';
import type { RequestContext } from '@llmops/platform/context';
import { GrpcService, type Handlers } from '@llmops/platform/grpc';
import type { EngineDescription } from '../../engine/engine.ts';
import { EngineRegistry } from './engine-registry.ts';

@GrpcService(ReplicaService)
export class ReplicaGrpc implements Handlers<typeof ReplicaService> {
  constructor(private readonly engines: EngineRegistry) {}

  async listReplicas(_request: ListReplicasRequest, _ctx: RequestContext) {
    return { replicas: this.engines.describe().map(toReplica) };
  }
}

const STATES = {
  loading: Replica_State.LOADING,
  ready: Replica_State.READY,
  stalled: Replica_State.STALLED,
  crashed: Replica_State.CRASHED,
};

const toReplica = (engine: EngineDescription) => ({
  id: engine.id,
  model: engine.model,
  engine: engine.engine,
  state: STATES[engine.state],
  device: engine.device,
  slots: engine.slots,
  busySlots: engine.busySlots,
  queued: engine.queued,
  memoryBytes: BigInt(engine.memoryBytes),
  restarts: engine.restarts,
  ...(engine.lastTokenAt > 0 ? { lastTokenTime: timestampFromMs(engine.lastTokenAt) } : {}),
  generatedTokens: BigInt(engine.generatedTokens),
  error: engine.error,
  modelDigest: engine.modelDigest,
});
