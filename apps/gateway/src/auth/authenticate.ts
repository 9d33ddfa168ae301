import { hash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { timestampMs } from '@bufbuild/protobuf/wkt';
import { type Credential, Credential_Kind } from '@llmops/contracts/governance/v1/credential';
import { AppError } from '@llmops/platform/errors';
import type { Directory } from '../directory/directory.ts';

export const sessionCookie = 'llmops_session';

/**
 * Who calls: by `Authorization: Bearer`, or by the console's cookie. A cookie alone does not authorise a change: the
 * header `x-llmops-csrf`, which a foreign page cannot send, must come with it.
 * Throws `gateway.credential_missing`, `gateway.credential_invalid`, `gateway.csrf_header_missing`.
 */
export function authenticate(directory: Directory, request: Pick<IncomingMessage, 'headers' | 'method'>): Credential {
  const { authorization, cookie } = request.headers;
  const bearer = authorization?.startsWith('Bearer ') ? authorization.slice(7) : undefined;
  const secret = bearer ?? cookieValue(cookie);
  if (secret === undefined || secret === '') throw credentialMissing();
  const credential = directory.credential(hash('sha256', secret));
  if (!credential || isExpired(credential)) throw credentialInvalid();
  if (bearer === undefined) {
    if (credential.kind !== Credential_Kind.SESSION) throw credentialInvalid();
    if (request.method !== 'GET' && request.headers['x-llmops-csrf'] === undefined) throw csrfHeaderMissing();
  }
  return credential;
}

const isExpired = ({ expireTime }: Credential): boolean =>
  expireTime !== undefined && timestampMs(expireTime) <= Date.now();

function cookieValue(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  for (const pair of header.split(';')) {
    const equals = pair.indexOf('=');
    if (pair.slice(0, equals).trim() === sessionCookie) return pair.slice(equals + 1).trim();
  }
  return undefined;
}

const credentialMissing = () =>
  new AppError({
    code: 'gateway.credential_missing',
    category: 'unauthenticated',
    message: 'No API key was sent. Send it as "Authorization: Bearer llmk_…".',
  });

const credentialInvalid = () =>
  new AppError({
    code: 'gateway.credential_invalid',
    category: 'unauthenticated',
    message: 'This API key or session is unknown, revoked or expired.',
  });

const csrfHeaderMissing = () =>
  new AppError({
    code: 'gateway.csrf_header_missing',
    category: 'forbidden',
    message: 'A change made with the session cookie needs the header "x-llmops-csrf: 1".',
  });
