import {
  type BuildContextRequest,
  SearchRequest_Expand as Expand,
  type SearchRequest,
  SearchService,
} from '@llmops/contracts/retrieval/v1/search';
import type { RequestContext } from '@llmops/platform/context';
import { GrpcService, type Handlers } from '@llmops/platform/grpc';
import { BuildContext } from './build-context.ts';
import { Search } from './search.ts';
import { toBuildContextResponse } from './to-context-response.ts';
import { toSearchResponse } from './to-search-response.ts';

const expansions = {
  [Expand.UNSPECIFIED]: 'none',
  [Expand.NEIGHBOURS]: 'neighbours',
  [Expand.PARENT]: 'parent',
} as const;

@GrpcService(SearchService)
export class SearchGrpc implements Handlers<typeof SearchService> {
  constructor(
    private readonly verb: Search,
    private readonly contexts: BuildContext,
  ) {}

  async search(request: SearchRequest, ctx: RequestContext) {
    const { knowledgeBase, indexVersion, expand, ...rest } = request;
    const outcome = await this.verb.run(ctx, {
      ...rest,
      knowledgeBaseId: knowledgeBase,
      indexVersionId: indexVersion,
      expand: expansions[expand] ?? 'none',
      mmrLambda: request.mmrLambda,
      filter: request.filter,
      settings: request.settings,
    });
    return toSearchResponse(outcome, request);
  }

  async buildContext(request: BuildContextRequest, ctx: RequestContext) {
    const { knowledgeBase, indexVersion, ...rest } = request;
    const built = await this.contexts.run(ctx, {
      ...rest,
      knowledgeBaseId: knowledgeBase,
      indexVersionId: indexVersion,
      filter: request.filter,
      settings: request.settings,
    });
    return toBuildContextResponse(built);
  }
}
