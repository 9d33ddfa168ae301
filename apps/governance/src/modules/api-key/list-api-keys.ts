import type { Database } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { ApiKeyRepository } from './api-key.repository.ts';

@Injectable()
export class ListApiKeys {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly keys: ApiKeyRepository,
  ) {}

  run(ctx: RequestContext, pageSize: number, pageToken: string) {
    return this.database.tx(ctx, (tx) => this.keys.page(tx, ctx.projectId, pageSize || 50, pageToken));
  }
}
