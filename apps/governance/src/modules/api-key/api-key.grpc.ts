import { timestampDate, timestampFromDate } from '@bufbuild/protobuf/wkt';
import {
  ApiKeyService,
  type CreateApiKeyRequest,
  type ListApiKeysRequest,
  type RevokeApiKeyRequest,
} from '@llmops/contracts/governance/v1/identity';
import type { RequestContext } from '@llmops/platform/context';
import { GrpcService, type Handlers } from '@llmops/platform/grpc';
import type { ApiKeyRow } from './api-key.repository.ts';
import { CreateApiKey } from './create-api-key.ts';
import { ListApiKeys } from './list-api-keys.ts';
import { RevokeApiKey } from './revoke-api-key.ts';

@GrpcService(ApiKeyService)
export class ApiKeyGrpc implements Handlers<typeof ApiKeyService> {
  constructor(
    private readonly list: ListApiKeys,
    private readonly create: CreateApiKey,
    private readonly revoke: RevokeApiKey,
  ) {}

  async listApiKeys(request: ListApiKeysRequest, ctx: RequestContext) {
    const { rows, nextPageToken } = await this.list.run(ctx, request.pageSize, request.pageToken);
    return { apiKeys: rows.map(toApiKey), nextPageToken };
  }

  async createApiKey(request: CreateApiKeyRequest, ctx: RequestContext) {
    const { row, secret } = await this.create.run(ctx, {
      displayName: request.displayName,
      role: request.role,
      expireTime: request.expireTime && timestampDate(request.expireTime),
    });
    return { apiKey: toApiKey(row), secret };
  }

  async revokeApiKey(request: RevokeApiKeyRequest, ctx: RequestContext) {
    return toApiKey(await this.revoke.run(ctx, request.apiKey));
  }
}

const toApiKey = (row: ApiKeyRow) => ({
  id: row.id,
  displayName: row.displayName,
  prefix: row.prefix,
  role: row.role,
  createTime: timestampFromDate(row.createTime),
  createdBy: row.createdBy,
  ...(row.expireTime ? { expireTime: timestampFromDate(row.expireTime) } : {}),
  ...(row.revokeTime ? { revokeTime: timestampFromDate(row.revokeTime) } : {}),
});
