import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Seals a secret with the installation's master key (32 bytes, base64): AES-256-GCM, base64url of nonce, tag, text. */
export function seal(masterKeyBase64: string, secret: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', masterKey(masterKeyBase64), nonce);
  const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url');
}

/** Opens what {@link seal} made; throws when the key is another one or the text was changed. */
export function unseal(masterKeyBase64: string, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', masterKey(masterKeyBase64), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
}

function masterKey(base64: string): Buffer {
  const key = Buffer.from(base64, 'base64');
  if (key.length !== 32) throw new Error('MASTER_KEY must be 32 bytes in base64');
  return key;
}
