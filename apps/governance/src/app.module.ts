import { Module } from '@nestjs/common';
import { ApiKeyModule } from './modules/api-key/index.ts';
import { CredentialModule } from './modules/credential/index.ts';
import { IdentityModule } from './modules/identity/index.ts';
import { OrganizationModule } from './modules/organization/index.ts';
import { SecretModule } from './modules/secret/index.ts';

@Module({ imports: [CredentialModule, OrganizationModule, IdentityModule, ApiKeyModule, SecretModule] })
export class AppModule {}
