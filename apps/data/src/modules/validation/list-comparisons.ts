import { type Database, decodeCursor, encodeCursor } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { type ComparisonKind, ComparisonRepository, type ComparisonWithJob } from './comparison.repository.ts';

const defaultPageSize = 50;

@Injectable()
export class ListComparisons {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly comparisons: ComparisonRepository,
  ) {}

  /** Newest first. */
  async run(
    ctx: RequestContext,
    kind: ComparisonKind,
    { version, pageSize, pageToken }: { version: string; pageSize: number; pageToken: string },
  ): Promise<{ rows: ComparisonWithJob[]; nextPageToken: string }> {
    const limit = pageSize || defaultPageSize;
    const before = decodeCursor(pageToken, ['text'])?.[0];
    const rows = await this.database.tx(ctx, (tx) =>
      this.comparisons.list(tx, ctx.projectId, { kind, version, limit: limit + 1, before }),
    );
    const page = rows.slice(0, limit);
    return { rows: page, nextPageToken: rows.length > limit ? encodeCursor([page.at(-1)!.comparison.id]) : '' };
  }
}
