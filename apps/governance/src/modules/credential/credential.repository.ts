import { Credential_Kind } from '@llmops/contracts/governance/v1/credential';
import { Role } from '@llmops/contracts/options/v1/options';
import type { Transaction } from '@llmops/db';
import { Injectable } from '@nestjs/common';
import { and, eq, gt, isNull, or, sql } from 'drizzle-orm';
import { apiKeys } from '../api-key/api-key.table.ts';
import { sessions } from '../identity/session.table.ts';
import { users } from '../identity/user.table.ts';
import { projects } from '../organization/organization.table.ts';
import type { CredentialFacts } from './credential.ts';

/** Credentials are a view over keys, sessions, users and projects; this is the one place that joins them. */
@Injectable()
export class CredentialRepository {
  /** Of every live session of the organisation's users, by token hash. */
  async ofSessions(tx: Transaction, organizationId?: string): Promise<Map<string, CredentialFacts>> {
    const rows = await tx
      .select({ session: sessions, user: users })
      .from(sessions)
      .innerJoin(users, eq(users.id, sessions.userId))
      .where(
        and(
          gt(sessions.expireTime, sql`now()`),
          organizationId === undefined ? undefined : eq(sessions.organizationId, organizationId),
        ),
      );
    const found = new Map<string, CredentialFacts>();
    for (const { session, user } of rows) {
      const projectRoles = await this.projectRoles(tx, user);
      found.set(session.tokenHash, {
        actor: user.id,
        organizationId: user.organizationId,
        organizationRole: user.organizationRole,
        projectRoles,
        defaultProject: Object.keys(projectRoles).sort()[0] ?? '',
        expireTime: session.expireTime,
        kind: Credential_Kind.SESSION,
      });
    }
    return found;
  }

  /** Of every live API key, by secret hash. */
  async ofApiKeys(tx: Transaction): Promise<Map<string, CredentialFacts>> {
    const live = and(isNull(apiKeys.revokeTime), or(isNull(apiKeys.expireTime), gt(apiKeys.expireTime, sql`now()`)));
    const rows = await tx.select().from(apiKeys).where(live);
    return new Map(rows.map((row) => [row.secretHash, this.ofApiKey(row)]));
  }

  ofApiKey(row: typeof apiKeys.$inferSelect): CredentialFacts {
    return {
      actor: row.id,
      organizationId: row.organizationId,
      organizationRole: row.organizationRole,
      projectRoles: { [row.projectId]: row.role },
      defaultProject: row.projectId,
      expireTime: row.expireTime,
      kind: Credential_Kind.API_KEY,
    };
  }

  /** An administrator of the organisation administers all its projects. */
  async projectRoles(tx: Transaction, user: typeof users.$inferSelect): Promise<Record<string, Role>> {
    if (user.organizationRole !== Role.ADMIN) return user.projectRoles;
    const rows = await tx
      .select({ id: projects.id })
      .from(projects)
      .where(eq(projects.organizationId, user.organizationId));
    return { ...user.projectRoles, ...Object.fromEntries(rows.map(({ id }) => [id, Role.ADMIN])) };
  }
}
