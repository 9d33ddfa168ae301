import { generateKeyPairSync } from 'node:crypto';
import { createTokenMinter, type Principal } from '@llmops/platform';

/** A fresh signing key: its public half for a service's config, and a way to mint tokens of any principal. */
export function testTokens(): {
  publicKey: string;
  privateKey: string;
  mint: (principal: Principal) => Promise<string>;
} {
  const pair = generateKeyPairSync('ed25519', {
    publicKeyEncoding: { format: 'der', type: 'spki' },
    privateKeyEncoding: { format: 'der', type: 'pkcs8' },
  });
  const privateKey = pair.privateKey.toString('base64');
  return { publicKey: pair.publicKey.toString('base64'), privateKey, mint: createTokenMinter(privateKey) };
}
