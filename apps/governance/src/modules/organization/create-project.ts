import type { Database } from '@llmops/db';
import { DATABASE, newId } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Outbox } from '@llmops/platform/events';
import { Inject, Injectable } from '@nestjs/common';
import { CredentialRepository, publishCredential } from '../credential/index.ts';
import { ProjectRepository, type ProjectRow } from './organization.repository.ts';

@Injectable()
export class CreateProject {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly projects: ProjectRepository,
    private readonly credentials: CredentialRepository,
  ) {}

  /** The organisation's administrators, signed in now, can use the project when this returns. */
  async run(ctx: RequestContext, displayName: string): Promise<ProjectRow> {
    const project = await this.database.tx(ctx, async (tx) => {
      const row = await this.projects.insert(tx, { id: newId('prj'), organizationId: ctx.organizationId, displayName });
      const sessions = await this.credentials.ofSessions(tx, ctx.organizationId);
      await this.outbox.add(tx, ...[...sessions].map(([hash, facts]) => publishCredential(hash, facts)));
      return row;
    });
    await this.outbox.flush();
    return project;
  }
}
