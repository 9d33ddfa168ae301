export { IdentityModule } from './identity.module.ts';
export { IdentityRepository } from './identity.repository.ts';
export { hashPassword } from './password.ts';
