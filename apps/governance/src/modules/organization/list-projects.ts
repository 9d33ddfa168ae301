import type { Database } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { ProjectRepository } from './organization.repository.ts';

@Injectable()
export class ListProjects {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly projects: ProjectRepository,
  ) {}

  run(ctx: RequestContext, pageSize: number, pageToken: string) {
    return this.database.tx(ctx, (tx) => this.projects.page(tx, ctx.organizationId, pageSize || 50, pageToken));
  }
}
