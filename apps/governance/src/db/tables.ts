export { apiKeys } from '../modules/api-key/api-key.table.ts';
export { sessions } from '../modules/identity/session.table.ts';
export { users } from '../modules/identity/user.table.ts';
export { organizations, projects } from '../modules/organization/organization.table.ts';
export { secrets } from '../modules/secret/secret.table.ts';
export { governanceSchema, outbox } from './schema.ts';
