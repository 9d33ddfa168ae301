import type { Database } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Outbox } from '@llmops/platform/events';
import { Inject, Injectable } from '@nestjs/common';
import { withdrawCredential } from '../credential/index.ts';
import { apiKeyNotFound } from './api-key.errors.ts';
import { ApiKeyRepository, type ApiKeyRow } from './api-key.repository.ts';

@Injectable()
export class RevokeApiKey {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly keys: ApiKeyRepository,
  ) {}

  async run(ctx: RequestContext, id: string): Promise<ApiKeyRow> {
    const row = await this.database.tx(ctx, async (tx) => {
      const revoked = await this.keys.revoke(tx, ctx.projectId, id);
      if (!revoked) throw apiKeyNotFound(id);
      await this.outbox.add(tx, withdrawCredential(revoked.secretHash));
      return revoked;
    });
    await this.outbox.flush();
    return row;
  }
}
