export { CredentialModule } from './credential.module.ts';
export { CredentialRepository } from './credential.repository.ts';
export {
  credentialsBucket,
  hashSecret,
  newSecret,
  publishCredential,
  withdrawCredential,
} from './credential.ts';
export { ReconcileCredentials } from './reconcile-credentials.ts';
