import type { Database } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { GetDataset } from '../dataset/index.ts';
import type { SuiteInput } from './create-suite.ts';
import { SuiteRepository, type SuiteRow } from './suite.repository.ts';
import { checkedChecks, checksToJson } from './suite-checks.ts';
import { suiteNotFound } from './validation.errors.ts';

@Injectable()
export class UpdateSuite {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly suites: SuiteRepository,
    private readonly getDataset: GetDataset,
  ) {}

  /** Reports that are there keep the checks they were made with. */
  async run(ctx: RequestContext, id: string, input: SuiteInput): Promise<SuiteRow> {
    const checks = checksToJson(checkedChecks(input.checks));
    for (const dataset of input.datasets) await this.getDataset.run(ctx, dataset);
    const { displayName, description, datasets } = input;
    const change = { displayName, description, datasets, checks };
    const suite = await this.database.tx(ctx, (tx) => this.suites.update(tx, ctx.projectId, id, change));
    if (!suite) throw suiteNotFound(id);
    return suite;
  }
}
