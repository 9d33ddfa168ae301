import { Module } from '@nestjs/common';
import { CreateProvider } from './create-provider.ts';
import { DeleteProvider } from './delete-provider.ts';
import { ListProviders } from './list-providers.ts';
import { ProviderGrpc } from './provider.grpc.ts';
import { ProviderRepository } from './provider.repository.ts';

@Module({
  controllers: [ProviderGrpc],
  providers: [ProviderRepository, ListProviders, CreateProvider, DeleteProvider],
  exports: [ProviderRepository],
})
export class ProviderModule {}
