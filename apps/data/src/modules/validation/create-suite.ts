import type { Check } from '@llmops/contracts/data/v1/validation';
import type { Database } from '@llmops/db';
import { DATABASE, newId } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { GetDataset } from '../dataset/index.ts';
import { SuiteRepository, type SuiteRow } from './suite.repository.ts';
import { checkedChecks, checksToJson } from './suite-checks.ts';

export interface SuiteInput {
  displayName: string;
  description: string;
  checks: Check[];
  datasets: string[];
}

@Injectable()
export class CreateSuite {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly suites: SuiteRepository,
    private readonly getDataset: GetDataset,
  ) {}

  async run(ctx: RequestContext, input: SuiteInput): Promise<SuiteRow> {
    const { organizationId, projectId } = ctx;
    const checks = checksToJson(checkedChecks(input.checks));
    for (const dataset of input.datasets) await this.getDataset.run(ctx, dataset);
    return this.database.tx(ctx, (tx) =>
      this.suites.insert(tx, { ...input, checks, id: newId('vs'), organizationId, projectId }),
    );
  }
}
