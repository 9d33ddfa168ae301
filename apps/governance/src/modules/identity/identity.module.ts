import { Module } from '@nestjs/common';
import { CredentialModule } from '../credential/index.ts';
import { OrganizationModule } from '../organization/index.ts';
import { CreateSession } from './create-session.ts';
import { DeleteSession } from './delete-session.ts';
import { GetCurrentUser } from './get-current-user.ts';
import { IdentityRepository } from './identity.repository.ts';
import { SessionGrpc } from './session.grpc.ts';
import { UserGrpc } from './user.grpc.ts';

@Module({
  imports: [CredentialModule, OrganizationModule],
  controllers: [SessionGrpc, UserGrpc],
  providers: [IdentityRepository, CreateSession, DeleteSession, GetCurrentUser],
})
export class IdentityModule {}
