import { generateKeyPairSync } from 'node:crypto';
import { createTokenMinter, type Principal } from '@llmops/platform';

export interface TestTokens {
  /** `INTERNAL_TOKEN_PUBLIC_KEY` */
  publicKey: string;
  /** The edge's. */
  privateKey: string;
  /** `SERVICE_TOKEN_PRIVATE_KEY` of each named service. */
  serviceKeys: Record<string, string>;
  mint: (principal: Principal) => Promise<string>;
}

/** Fresh signing keys of the edge and of the named services: public halves for configs, and tokens of any principal. */
export function testTokens(...services: string[]): TestTokens {
  const edge = keyPair();
  const signers = services.map((name) => ({ name, ...keyPair() }));
  return {
    publicKey: [edge.publicKey, ...signers.map(({ name, publicKey }) => `${name}=${publicKey}`)].join(','),
    privateKey: edge.privateKey,
    serviceKeys: Object.fromEntries(signers.map(({ name, privateKey }) => [name, privateKey])),
    mint: createTokenMinter(edge.privateKey),
  };
}

function keyPair(): { publicKey: string; privateKey: string } {
  const pair = generateKeyPairSync('ed25519', {
    publicKeyEncoding: { format: 'der', type: 'spki' },
    privateKeyEncoding: { format: 'der', type: 'pkcs8' },
  });
  return { publicKey: pair.publicKey.toString('base64'), privateKey: pair.privateKey.toString('base64') };
}
