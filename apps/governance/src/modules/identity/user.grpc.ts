import { UserService } from '@llmops/contracts/governance/v1/identity';
import type { RequestContext } from '@llmops/platform/context';
import { GrpcService, type Handlers } from '@llmops/platform/grpc';
import { GetCurrentUser } from './get-current-user.ts';

@GrpcService(UserService)
export class UserGrpc implements Handlers<typeof UserService> {
  constructor(private readonly current: GetCurrentUser) {}

  getCurrentUser(_request: unknown, ctx: RequestContext) {
    return this.current.run(ctx);
  }
}
