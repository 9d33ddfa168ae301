import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import {
  type AccessSecretRequest,
  type CreateSecretRequest,
  type DeleteSecretRequest,
  type ListSecretsRequest,
  type RotateSecretRequest,
  SecretService,
} from '@llmops/contracts/governance/v1/secret';
import type { RequestContext } from '@llmops/platform/context';
import { GrpcService, type Handlers } from '@llmops/platform/grpc';
import { AccessSecret } from './access-secret.ts';
import { CreateSecret } from './create-secret.ts';
import { DeleteSecret } from './delete-secret.ts';
import { ListSecrets } from './list-secrets.ts';
import { RotateSecret } from './rotate-secret.ts';
import type { SecretRow } from './secret.repository.ts';

@GrpcService(SecretService)
export class SecretGrpc implements Handlers<typeof SecretService> {
  constructor(
    private readonly list: ListSecrets,
    private readonly create: CreateSecret,
    private readonly rotate: RotateSecret,
    private readonly remove: DeleteSecret,
    private readonly access: AccessSecret,
  ) {}

  async listSecrets(request: ListSecretsRequest, ctx: RequestContext) {
    const { rows, nextPageToken } = await this.list.run(ctx, request.pageSize, request.pageToken);
    return { secrets: rows.map(toSecret), nextPageToken };
  }

  async createSecret(request: CreateSecretRequest, ctx: RequestContext) {
    return toSecret(await this.create.run(ctx, request.displayName, request.value));
  }

  async rotateSecret(request: RotateSecretRequest, ctx: RequestContext) {
    return toSecret(await this.rotate.run(ctx, request.secret, request.value));
  }

  async deleteSecret(request: DeleteSecretRequest, ctx: RequestContext) {
    await this.remove.run(ctx, request.secret);
    return {};
  }

  async accessSecret(request: AccessSecretRequest, ctx: RequestContext) {
    return { value: await this.access.run(ctx, request.secret) };
  }
}

const toSecret = (row: SecretRow) => ({
  id: row.id,
  displayName: row.displayName,
  createTime: timestampFromDate(row.createTime),
  rotateTime: timestampFromDate(row.rotateTime),
  createdBy: row.createdBy,
});
