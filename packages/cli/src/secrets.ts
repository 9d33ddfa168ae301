import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readJson, writeJson } from './json-file.ts';
import type { ServiceSpec } from './services.ts';

export interface Secrets {
  postgresPassword: string;
  /** By role, `<service>_owner` and `<service>_app`. */
  rolePasswords: Record<string, string>;
  natsPassword: string;
  /** Base64 of DER: SPKI and PKCS8, Ed25519. */
  tokenPublicKey: string;
  tokenPrivateKey: string;
  /** By service, for those that call others on their own. */
  serviceTokenKeys: Record<string, TokenKeys>;
  /** Base64, 32 bytes. */
  masterKey: string;
}

interface TokenKeys {
  publicKey: string;
  privateKey: string;
}

const password = (): string => randomBytes(24).toString('hex');

/** Reads the secrets, making those that are missing: all on the first start, a new service's roles later. */
export async function ensureSecrets(file: string, services: readonly ServiceSpec[]): Promise<Secrets> {
  const kept = (await readJson<Partial<Secrets>>(file)) ?? {};
  const roles = services.filter((one) => one.database).flatMap(({ name }) => [`${name}_owner`, `${name}_app`]);
  const signers = services.filter((one) => one.serviceToken).map(({ name }) => name);
  const edge = kept.tokenPublicKey && kept.tokenPrivateKey ? undefined : tokenKeys();
  const secrets: Secrets = {
    postgresPassword: kept.postgresPassword ?? password(),
    rolePasswords: Object.fromEntries(roles.map((role) => [role, kept.rolePasswords?.[role] ?? password()])),
    natsPassword: kept.natsPassword ?? password(),
    masterKey: kept.masterKey ?? randomBytes(32).toString('base64'),
    tokenPublicKey: edge?.publicKey ?? kept.tokenPublicKey!,
    tokenPrivateKey: edge?.privateKey ?? kept.tokenPrivateKey!,
    serviceTokenKeys: Object.fromEntries(signers.map((name) => [name, kept.serviceTokenKeys?.[name] ?? tokenKeys()])),
  };
  if (JSON.stringify(secrets) !== JSON.stringify(kept)) await writeJson(file, secrets);
  return secrets;
}

function tokenKeys(): TokenKeys {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
  });
  return { publicKey: publicKey.toString('base64'), privateKey: privateKey.toString('base64') };
}
