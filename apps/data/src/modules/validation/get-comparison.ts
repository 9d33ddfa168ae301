import type { Database } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { type ComparisonKind, ComparisonRepository, type ComparisonWithJob } from './comparison.repository.ts';
import { reportNotFound } from './validation.errors.ts';

@Injectable()
export class GetComparison {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly comparisons: ComparisonRepository,
  ) {}

  async run(ctx: RequestContext, kind: ComparisonKind, id: string): Promise<ComparisonWithJob> {
    const found = await this.database.tx(ctx, (tx) => this.comparisons.get(tx, ctx.projectId, kind, id));
    if (!found) throw reportNotFound(id);
    return found;
  }
}
