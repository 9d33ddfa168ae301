import { Module } from '@nestjs/common';
import { CredentialModule } from '../credential/index.ts';
import { ApiKeyGrpc } from './api-key.grpc.ts';
import { ApiKeyRepository } from './api-key.repository.ts';
import { CreateApiKey } from './create-api-key.ts';
import { ListApiKeys } from './list-api-keys.ts';
import { RevokeApiKey } from './revoke-api-key.ts';

@Module({
  imports: [CredentialModule],
  controllers: [ApiKeyGrpc],
  providers: [ApiKeyRepository, ListApiKeys, CreateApiKey, RevokeApiKey],
})
export class ApiKeyModule {}
