import {
  type ChatRequest,
  type CompleteRequest,
  type CountTokensRequest,
  type EmbedRequest,
  type GetEmbedderRequest,
  InferenceService,
  type RerankRequest,
  type TokenizeRequest,
} from '@llmops/contracts/inference/v1/inference';
import type { RequestContext } from '@llmops/platform/context';
import { GrpcService, type Handlers } from '@llmops/platform/grpc';
import type { CallOptions } from '../../engine/engine.ts';
import { EngineRegistry } from './engine-registry.ts';

@GrpcService(InferenceService)
export class InferenceGrpc implements Handlers<typeof InferenceService> {
  constructor(private readonly engines: EngineRegistry) {}

  chat(request: ChatRequest, ctx: RequestContext) {
    return this.engines.get(request.model).chat(request, optionsOf(ctx));
  }

  complete(request: CompleteRequest, ctx: RequestContext) {
    return this.engines.get(request.model).complete(request, optionsOf(ctx));
  }

  async embed(request: EmbedRequest, ctx: RequestContext) {
    return this.engines.get(request.model).embed(request, optionsOf(ctx));
  }

  async countTokens(request: CountTokensRequest, ctx: RequestContext) {
    return { tokens: await this.engines.get(request.model).countTokens(request, optionsOf(ctx)) };
  }

  async tokenize(request: TokenizeRequest, ctx: RequestContext) {
    return this.engines.get(request.model).tokenize(request, optionsOf(ctx));
  }

  async getEmbedder(request: GetEmbedderRequest, ctx: RequestContext) {
    return this.engines.get(request.model).embedder(optionsOf(ctx));
  }

  async rerank(request: RerankRequest, ctx: RequestContext) {
    return this.engines.get(request.model).rerank(request, optionsOf(ctx));
  }
}

const optionsOf = (ctx: RequestContext): CallOptions => ({
  group: ctx.projectId,
  signal: ctx.signal,
  deadline: ctx.deadlineMs,
});
