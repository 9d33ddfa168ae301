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
  /** Base64, 32 bytes. */
  masterKey: string;
}

const password = (): string => randomBytes(24).toString('hex');

/** Reads the secrets, making those that are missing: all on the first start, a new service's roles later. */
export async function ensureSecrets(file: string, services: readonly ServiceSpec[]): Promise<Secrets> {
  const kept = (await readJson<Partial<Secrets>>(file)) ?? {};
  const roles = services.filter((one) => one.database).flatMap(({ name }) => [`${name}_owner`, `${name}_app`]);
  const secrets: Secrets = {
    postgresPassword: kept.postgresPassword ?? password(),
    rolePasswords: Object.fromEntries(roles.map((role) => [role, kept.rolePasswords?.[role] ?? password()])),
    natsPassword: kept.natsPassword ?? password(),
    masterKey: kept.masterKey ?? randomBytes(32).toString('base64'),
    ...(kept.tokenPublicKey && kept.tokenPrivateKey
      ? { tokenPublicKey: kept.tokenPublicKey, tokenPrivateKey: kept.tokenPrivateKey }
      : tokenKeys()),
  };
  if (JSON.stringify(secrets) !== JSON.stringify(kept)) await writeJson(file, secrets);
  return secrets;
}

function tokenKeys(): Pick<Secrets, 'tokenPublicKey' | 'tokenPrivateKey'> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
  });
  return { tokenPublicKey: publicKey.toString('base64'), tokenPrivateKey: privateKey.toString('base64') };
}
