import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import {
  type CreateProviderRequest,
  type DeleteProviderRequest,
  type ListProvidersRequest,
  ProviderService,
} from '@llmops/contracts/models/v1/provider';
import type { RequestContext } from '@llmops/platform/context';
import { GrpcService, type Handlers } from '@llmops/platform/grpc';
import { CreateProvider } from './create-provider.ts';
import { DeleteProvider } from './delete-provider.ts';
import { ListProviders } from './list-providers.ts';
import type { ProviderRow } from './provider.repository.ts';

@GrpcService(ProviderService)
export class ProviderGrpc implements Handlers<typeof ProviderService> {
  constructor(
    private readonly list: ListProviders,
    private readonly create: CreateProvider,
    private readonly remove: DeleteProvider,
  ) {}

  async listProviders(_request: ListProvidersRequest, ctx: RequestContext) {
    return { providers: (await this.list.run(ctx)).map(toProvider) };
  }

  async createProvider({ id, baseUrl, apiKey, models }: CreateProviderRequest, ctx: RequestContext) {
    return toProvider(await this.create.run(ctx, { id, baseUrl, apiKey, models }));
  }

  async deleteProvider(request: DeleteProviderRequest, ctx: RequestContext) {
    await this.remove.run(ctx, request.provider);
    return {};
  }
}

const toProvider = (row: ProviderRow) => ({
  id: row.id,
  baseUrl: row.baseUrl,
  models: row.models,
  hasApiKey: row.sealedApiKey !== null,
  createTime: timestampFromDate(row.createTime),
});
