import { Module } from '@nestjs/common';
import { CredentialRepository } from './credential.repository.ts';
import { ReconcileCredentials } from './reconcile-credentials.ts';

@Module({
  providers: [CredentialRepository, ReconcileCredentials],
  exports: [CredentialRepository, ReconcileCredentials],
})
export class CredentialModule {}
