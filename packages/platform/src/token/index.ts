import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { Role } from '@llmops/contracts/options/v1/options';
import { jwtVerify, SignJWT } from 'jose';
import { AppError } from '../errors/index.ts';

/** What an internal token says: who calls, for whom, with which rights. */
export interface Principal {
  actor: string;
  organizationId: string;
  organizationRole: Role;
  projectId: string;
  projectRole: Role;
}

/** A caller without a credential, for methods that are open to all. */
export const anonymous: Principal = {
  actor: 'anonymous',
  organizationId: '',
  organizationRole: Role.UNSPECIFIED,
  projectId: '',
  projectRole: Role.UNSPECIFIED,
};

const issuer = 'llmops-gateway';
const lifetimeS = 300;

/** `INTERNAL_TOKEN_PUBLIC_KEY`: the edge's key, then those of services that work without a caller, `data=…,retrieval=…`. */
function readPublicKeys(setting: string): Map<string | undefined, KeyObject> {
  const entries = setting.split(',').map((part) => {
    const named = /^([a-z]+)=(.+)$/.exec(part);
    const key = Buffer.from(named?.[2] ?? part, 'base64');
    return [named?.[1], createPublicKey({ key, format: 'der', type: 'spki' })] as const;
  });
  return new Map(entries);
}

/**
 * Mints internal tokens (Ed25519 JWT, 5 minutes). Tokens of one principal are reused for a minute: signing costs 50 µs.
 * `kid` names a service that signs for its own background work; the edge has none.
 */
export function createTokenMinter(privateKeyBase64: string, kid?: string): (principal: Principal) => Promise<string> {
  const key = createPrivateKey({ key: Buffer.from(privateKeyBase64, 'base64'), format: 'der', type: 'pkcs8' });
  const minted = new Map<string, { token: Promise<string>; until: number }>();
  return (principal) => {
    const { actor, organizationId, organizationRole, projectId, projectRole } = principal;
    const id = `${actor} ${organizationId} ${organizationRole} ${projectId} ${projectRole}`;
    const known = minted.get(id);
    const now = Date.now();
    if (known && known.until > now) return known.token;
    if (minted.size > 10_000) minted.clear();
    const token = sign(key, principal, kid);
    minted.set(id, { token, until: now + 60_000 });
    return token;
  };
}

const sign = (key: KeyObject, principal: Principal, kid?: string) => {
  const { actor, organizationId, organizationRole, projectId, projectRole } = principal;
  return new SignJWT({ org: organizationId, orgRole: organizationRole, prj: projectId, prjRole: projectRole })
    .setProtectedHeader(kid === undefined ? { alg: 'EdDSA' } : { alg: 'EdDSA', kid })
    .setIssuer(issuer)
    .setSubject(actor)
    .setExpirationTime(Math.floor(Date.now() / 1000) + lifetimeS)
    .sign(key);
};

/**
 * Verifies internal tokens; a token seen before is not verified again until it expires. A service's own token speaks as
 * `service:<name>` only, with no right in the organisation and at most ROLE_EDITOR in the project.
 * @param publicKeys as `INTERNAL_TOKEN_PUBLIC_KEY` has them
 * @throws `platform.token_invalid`
 */
export function createTokenVerifier(publicKeys: string): (token: string) => Promise<Principal> {
  const keys = readPublicKeys(publicKeys);
  const verified = new Map<string, { principal: Principal; until: number }>();
  return async (token) => {
    const known = verified.get(token);
    if (known && known.until > Date.now()) return known.principal;
    try {
      const { payload, protectedHeader } = await jwtVerify(token, ({ kid }) => keyNamed(keys, kid), {
        issuer,
        algorithms: ['EdDSA'],
      });
      const principal: Principal = {
        actor: String(payload.sub),
        organizationId: String(payload['org']),
        organizationRole: roleClaim(payload['orgRole']),
        projectId: String(payload['prj']),
        projectRole: roleClaim(payload['prjRole']),
      };
      if (protectedHeader.kid !== undefined) holdBack(principal, protectedHeader.kid);
      if (verified.size > 10_000) verified.clear();
      verified.set(token, { principal, until: (payload.exp ?? 0) * 1000 });
      return principal;
    } catch (cause) {
      const message = 'The internal token is missing, expired or not ours.';
      throw new AppError({ code: 'platform.token_invalid', category: 'unauthenticated', message, cause });
    }
  };
}

function keyNamed(keys: Map<string | undefined, KeyObject>, kid: string | undefined): KeyObject {
  const key = keys.get(kid);
  if (key) return key;
  throw new TypeError('signed by nobody we know');
}

function holdBack(principal: Principal, service: string): void {
  const within = principal.actor === `service:${service}` && principal.projectRole <= Role.EDITOR;
  if (!within || principal.organizationRole !== Role.UNSPECIFIED) throw new TypeError('more than a service may claim');
}

function roleClaim(value: unknown): Role {
  if (typeof value === 'number') return value;
  throw new TypeError('a role of the token is missing');
}
