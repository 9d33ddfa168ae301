import type { Database } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { SuiteRepository, type SuiteRow } from './suite.repository.ts';
import { suiteNotFound } from './validation.errors.ts';

@Injectable()
export class GetSuite {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly suites: SuiteRepository,
  ) {}

  async run(ctx: RequestContext, id: string): Promise<SuiteRow> {
    const suite = await this.database.tx(ctx, (tx) => this.suites.get(tx, ctx.projectId, id));
    if (!suite) throw suiteNotFound(id);
    return suite;
  }
}
