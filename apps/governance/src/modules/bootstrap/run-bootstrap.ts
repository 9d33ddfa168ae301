import { randomBytes } from 'node:crypto';
import { Role } from '@llmops/contracts/options/v1/options';
import { addToOutbox, createDatabase, systemTenant, type Transaction } from '@llmops/db';
import { newId } from '@llmops/platform';
import type { BootstrapConfig } from '../../config.ts';
import { outbox } from '../../db/schema.ts';
import { ApiKeyRepository } from '../api-key/index.ts';
import { CredentialRepository, newSecret, publishCredential } from '../credential/index.ts';
import { hashPassword, IdentityRepository } from '../identity/index.ts';
import { OrganizationRepository, ProjectRepository } from '../organization/index.ts';

export interface BootstrapResult {
  /** False when there was an organisation; what follows is then there only after a recovery. */
  created: boolean;
  apiKey?: string;
  projectId?: string;
  email?: string;
  password?: string;
}

/**
 * First run: organisation, project, administrator and API key; later runs change nothing. With `GOVERNANCE_RECOVER` it
 * helps out with a new key and password when the first ones were lost: whoever may run it owns the database anyway.
 * Prints one JSON line.
 */
export async function runBootstrap(config: BootstrapConfig): Promise<void> {
  const result = await bootstrap(config);
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

export async function bootstrap(config: BootstrapConfig): Promise<BootstrapResult> {
  const database = createDatabase({ url: config.DATABASE_URL, maxConnections: 1 });
  const password = randomBytes(12).toString('base64url');
  const passwordHash = await hashPassword(password);
  try {
    return await database.tx(systemTenant, async (tx) => {
      const { created, organizationId, projectId } = await ensureProject(tx);
      if (!created && !config.GOVERNANCE_RECOVER) return { created };
      const userId = await ensureAdministrator(tx, organizationId, config.GOVERNANCE_ADMIN_EMAIL, passwordHash);
      const apiKey = await issueKey(tx, organizationId, projectId, userId);
      return { created, apiKey, projectId, email: config.GOVERNANCE_ADMIN_EMAIL, password };
    });
  } finally {
    await database.close();
  }
}

async function ensureProject(tx: Transaction) {
  const organizations = new OrganizationRepository();
  const projects = new ProjectRepository();
  const organization = await organizations.any(tx);
  if (organization) {
    const { rows } = await projects.page(tx, organization.id, 1, '');
    return { created: false, organizationId: organization.id, projectId: rows[0]!.id };
  }
  const organizationId = newId('org');
  await organizations.insert(tx, { id: organizationId, displayName: 'My organisation' });
  const project = await projects.insert(tx, { id: newId('prj'), organizationId, displayName: 'Default' });
  return { created: true, organizationId, projectId: project.id };
}

async function ensureAdministrator(tx: Transaction, organizationId: string, email: string, passwordHash: string) {
  const identities = new IdentityRepository();
  const user = await identities.userByEmail(tx, email);
  if (user) {
    await identities.setPassword(tx, user.id, passwordHash);
    return user.id;
  }
  const id = newId('usr');
  const displayName = 'Administrator';
  await identities.insertUser(tx, {
    id,
    organizationId,
    email,
    displayName,
    passwordHash,
    organizationRole: Role.ADMIN,
  });
  return id;
}

async function issueKey(tx: Transaction, organizationId: string, projectId: string, createdBy: string) {
  const { secret, hash, visiblePrefix } = newSecret('llmk');
  const row = await new ApiKeyRepository().insert(tx, {
    id: newId('key'),
    organizationId,
    projectId,
    displayName: 'First key',
    secretHash: hash,
    prefix: visiblePrefix,
    role: Role.ADMIN,
    organizationRole: Role.ADMIN,
    createdBy,
  });
  await addToOutbox(tx, outbox, publishCredential(hash, new CredentialRepository().ofApiKey(row)));
  return secret;
}
