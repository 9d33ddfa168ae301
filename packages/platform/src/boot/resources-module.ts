import { type DynamicModule, Global, Module, type Provider } from '@nestjs/common';

/** A global module of values made before Nest boots: connections, logger, configuration. */
@Global()
@Module({})
export class ResourcesModule {
  static with(providers: Provider[]): DynamicModule {
    return { module: ResourcesModule, providers, exports: providers };
  }
}
