import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { OrganizationService } from '@llmops/contracts/governance/v1/organization';
import type { RequestContext } from '@llmops/platform/context';
import { GrpcService, type Handlers } from '@llmops/platform/grpc';
import { GetOrganization } from './get-organization.ts';

@GrpcService(OrganizationService)
export class OrganizationGrpc implements Handlers<typeof OrganizationService> {
  constructor(private readonly get: GetOrganization) {}

  async getOrganization(_request: unknown, ctx: RequestContext) {
    const row = await this.get.run(ctx);
    return { id: row.id, displayName: row.displayName, createTime: timestampFromDate(row.createTime) };
  }
}
