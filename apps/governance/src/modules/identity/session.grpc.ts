import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { type CreateSessionRequest, SessionService } from '@llmops/contracts/governance/v1/identity';
import type { RequestContext } from '@llmops/platform/context';
import { GrpcService, type Handlers } from '@llmops/platform/grpc';
import { CreateSession } from './create-session.ts';
import { DeleteSession } from './delete-session.ts';

@GrpcService(SessionService)
export class SessionGrpc implements Handlers<typeof SessionService> {
  constructor(
    private readonly create: CreateSession,
    private readonly remove: DeleteSession,
  ) {}

  async createSession(request: CreateSessionRequest) {
    const { userId, token, expireTime } = await this.create.run(request.email, request.password);
    return { userId, token, expireTime: timestampFromDate(expireTime) };
  }

  async deleteSession(_request: unknown, ctx: RequestContext) {
    await this.remove.run(ctx);
    return {};
  }
}
