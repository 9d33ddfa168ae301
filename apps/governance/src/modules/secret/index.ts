export { SecretModule } from './secret.module.ts';
