import type { Role } from '@llmops/contracts/options/v1/options';
import type { Database } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { CredentialRepository } from '../credential/index.ts';
import { ProjectRepository } from '../organization/index.ts';
import { IdentityRepository } from './identity.repository.ts';

@Injectable()
export class GetCurrentUser {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly identities: IdentityRepository,
    private readonly credentials: CredentialRepository,
    private readonly projects: ProjectRepository,
  ) {}

  /** The person, or for an API key the key's own id and its one project. */
  run(ctx: RequestContext) {
    return this.database.tx(ctx, async (tx) => {
      const user = ctx.actor.startsWith('usr_') ? await this.identities.user(tx, ctx.actor) : undefined;
      const roles = user
        ? await this.credentials.projectRoles(tx, user)
        : ({ [ctx.projectId]: ctx.projectRole } as Record<string, Role>);
      const { rows } = await this.projects.page(tx, ctx.organizationId, 200, '');
      return {
        id: ctx.actor,
        email: user?.email ?? '',
        displayName: user?.displayName ?? ctx.actor,
        organizationId: ctx.organizationId,
        organizationRole: ctx.organizationRole,
        projectRoles: rows
          .filter((project) => roles[project.id])
          .map((project) => ({ project: project.id, displayName: project.displayName, role: roles[project.id]! })),
      };
    });
  }
}
