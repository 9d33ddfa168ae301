import { type DynamicModule, Global, Module, type Provider } from '@nestjs/common';

@Global()
@Module({})
class ResourcesModule {}

/** A global module of values made before Nest boots: connections, logger, configuration. */
export const resourcesModule = (providers: Provider[]): DynamicModule => ({
  module: ResourcesModule,
  providers,
  exports: providers,
});
