import type { Database } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { SecretRepository } from './secret.repository.ts';

@Injectable()
export class ListSecrets {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly secrets: SecretRepository,
  ) {}

  run(ctx: RequestContext, pageSize: number, pageToken: string) {
    return this.database.tx(ctx, (tx) => this.secrets.page(tx, ctx.projectId, pageSize || 50, pageToken));
  }
}
