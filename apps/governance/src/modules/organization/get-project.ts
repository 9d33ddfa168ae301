import type { Database } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { projectNotFound } from './organization.errors.ts';
import { ProjectRepository, type ProjectRow } from './organization.repository.ts';

@Injectable()
export class GetProject {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly projects: ProjectRepository,
  ) {}

  async run(ctx: RequestContext, id: string): Promise<ProjectRow> {
    const row = await this.database.tx(ctx, (tx) => this.projects.get(tx, id));
    if (!row) throw projectNotFound(id);
    return row;
  }
}
