export { ProviderModule } from './provider.module.ts';
export { ProviderRepository } from './provider.repository.ts';
export { providerRoutes } from './provider-routes.ts';
