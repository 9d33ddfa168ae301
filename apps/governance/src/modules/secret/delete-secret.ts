import type { Database } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { secretNotFound } from './secret.errors.ts';
import { SecretRepository } from './secret.repository.ts';

@Injectable()
export class DeleteSecret {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly secrets: SecretRepository,
  ) {}

  async run(ctx: RequestContext, id: string): Promise<void> {
    const deleted = await this.database.tx(ctx, (tx) => this.secrets.delete(tx, ctx.projectId, id));
    if (!deleted) throw secretNotFound(id);
  }
}
