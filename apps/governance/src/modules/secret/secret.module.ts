import { Module } from '@nestjs/common';
import { AccessSecret } from './access-secret.ts';
import { CreateSecret } from './create-secret.ts';
import { DeleteSecret } from './delete-secret.ts';
import { ListSecrets } from './list-secrets.ts';
import { RotateSecret } from './rotate-secret.ts';
import { SecretGrpc } from './secret.grpc.ts';
import { SecretRepository } from './secret.repository.ts';

@Module({
  controllers: [SecretGrpc],
  providers: [SecretRepository, ListSecrets, CreateSecret, RotateSecret, DeleteSecret, AccessSecret],
})
export class SecretModule {}
