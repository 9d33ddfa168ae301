export { ApiKeyModule } from './api-key.module.ts';
export { ApiKeyRepository } from './api-key.repository.ts';
