import type { Database } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { projectNotFound } from './organization.errors.ts';
import { ProjectRepository, type ProjectRow } from './organization.repository.ts';

@Injectable()
export class UpdateProject {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly projects: ProjectRepository,
  ) {}

  async run(ctx: RequestContext, id: string, displayName: string): Promise<ProjectRow> {
    const row = await this.database.tx(ctx, (tx) => this.projects.rename(tx, id, displayName));
    if (!row) throw projectNotFound(id);
    return row;
  }
}
