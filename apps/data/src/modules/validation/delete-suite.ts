import type { Database } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { SuiteRepository } from './suite.repository.ts';
import { suiteNotFound } from './validation.errors.ts';

@Injectable()
export class DeleteSuite {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly suites: SuiteRepository,
  ) {}

  async run(ctx: RequestContext, id: string): Promise<void> {
    const deleted = await this.database.tx(ctx, (tx) => this.suites.delete(tx, ctx.projectId, id));
    if (!deleted) throw suiteNotFound(id);
  }
}
