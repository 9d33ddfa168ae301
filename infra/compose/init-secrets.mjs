// Makes what is secret in this installation, once, and hands each container its own part: a folder under /secrets is a
// volume that only its owner mounts. Run again it changes nothing, and adds what a new service needs.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = process.env.SECRETS_DIR ?? '/secrets';
const withDatabase = ['governance', 'data', 'models', 'retrieval', 'observability', 'cost'];
// Call others for work that no caller waits for, so they sign for themselves.
const signers = ['data', 'retrieval'];
const services = ['gateway', 'inference', ...withDatabase];

const keptIn = join(root, 'admin', 'secrets.json');
const kept = existsSync(keptIn) ? JSON.parse(readFileSync(keptIn, 'utf8')) : {};
const password = () => randomBytes(24).toString('hex');

function tokenKeys() {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return {
    publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
  };
}

const roles = withDatabase.flatMap((name) => [`${name}_owner`, `${name}_app`]);
const secrets = {
  postgresPassword: kept.postgresPassword ?? password(),
  natsPassword: kept.natsPassword ?? password(),
  masterKey: kept.masterKey ?? randomBytes(32).toString('base64'),
  token: kept.token ?? tokenKeys(),
  serviceTokens: Object.fromEntries(signers.map((name) => [name, kept.serviceTokens?.[name] ?? tokenKeys()])),
  rolePasswords: Object.fromEntries(roles.map((role) => [role, kept.rolePasswords?.[role] ?? password()])),
};

/** Readable inside the one container that mounts the volume, whatever user it runs as. */
function give(owner, name, value) {
  const folder = join(root, owner);
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o755);
  const file = join(folder, name);
  writeFileSync(file, value);
  chmodSync(file, 0o444);
}

const databaseUrl = (role) => `postgres://${role}:${secrets.rolePasswords[role]}@postgres:5432/llmops`;

// First, so that a run that is interrupted hands out the same secrets when it is run again.
give('admin', 'secrets.json', JSON.stringify(secrets));
give('admin', 'POSTGRES_PASSWORD', secrets.postgresPassword);
const passwords = roles.map((role) => `ALTER ROLE ${role} PASSWORD '${secrets.rolePasswords[role]}';\n`);
give('admin', 'passwords.sql', passwords.join(''));
give('postgres', 'POSTGRES_PASSWORD', secrets.postgresPassword);
give('nats', 'NATS_PASSWORD', secrets.natsPassword);
for (const name of withDatabase) {
  give('migrate', name, databaseUrl(`${name}_owner`));
  give(name, 'DATABASE_URL', databaseUrl(`${name}_app`));
}
const publicKeys = [
  secrets.token.publicKey,
  ...signers.map((name) => `${name}=${secrets.serviceTokens[name].publicKey}`),
];
for (const name of signers) give(name, 'SERVICE_TOKEN_PRIVATE_KEY', secrets.serviceTokens[name].privateKey);
for (const name of services) {
  give(name, 'NATS_URL', `nats://llmops:${secrets.natsPassword}@nats:4222`);
  give(name, 'INTERNAL_TOKEN_PUBLIC_KEY', publicKeys.join(','));
}
for (const name of ['gateway', 'governance', 'models']) give(name, 'MASTER_KEY', secrets.masterKey);
give('gateway', 'INTERNAL_TOKEN_PRIVATE_KEY', secrets.token.privateKey);
console.log(kept.masterKey ? 'secrets are as they were' : 'secrets made');
