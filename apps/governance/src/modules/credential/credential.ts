import { createHash, randomBytes } from 'node:crypto';
import { create, toJsonString } from '@bufbuild/protobuf';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { type Credential_Kind, CredentialSchema } from '@llmops/contracts/governance/v1/credential';
import type { Role } from '@llmops/contracts/options/v1/options';
import { deleteKey, type OutboxMessage, putKey } from '@llmops/db';

/** Watched by every gateway: sha256 of a secret → who holds it. */
export const credentialsBucket = 'credentials';

export interface CredentialFacts {
  actor: string;
  organizationId: string;
  organizationRole: Role;
  projectRoles: Record<string, Role>;
  defaultProject: string;
  expireTime?: Date | null;
  kind: Credential_Kind;
}

/** A secret with 160 random bits under a prefix that scanners and people can tell, and what is kept of it. */
export function newSecret(prefix: string): { secret: string; hash: string; visiblePrefix: string } {
  const secret = `${prefix}_${randomBytes(20).toString('hex')}`;
  return { secret, hash: hashSecret(secret), visiblePrefix: secret.slice(0, prefix.length + 7) };
}

/** Plain sha256: the secret is random, so there is nothing to guess and the edge can look it up in microseconds. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

export function encodeCredential({ expireTime, ...facts }: CredentialFacts): string {
  const message = create(CredentialSchema, {
    ...facts,
    ...(expireTime ? { expireTime: timestampFromDate(expireTime) } : {}),
  });
  return toJsonString(CredentialSchema, message);
}

export const publishCredential = (hash: string, facts: CredentialFacts): OutboxMessage =>
  putKey(credentialsBucket, hash, encodeCredential(facts));

export const withdrawCredential = (hash: string): OutboxMessage => deleteKey(credentialsBucket, hash);
