import type { Database } from '@llmops/db';
import { CONFIG, DATABASE, unseal } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import type { ServeConfig } from '../../config.ts';
import { secretNotFound, secretsForServices } from './secret.errors.ts';
import { SecretRepository } from './secret.repository.ts';

@Injectable()
export class AccessSecret {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CONFIG) private readonly config: ServeConfig,
    private readonly secrets: SecretRepository,
  ) {}

  /** The value, for a service that acts for itself: the verifier lets nobody else be called so. */
  async run(ctx: RequestContext, id: string): Promise<string> {
    if (!ctx.actor.startsWith('service:')) throw secretsForServices();
    const row = await this.database.tx(ctx, (tx) => this.secrets.find(tx, ctx.projectId, id));
    if (!row) throw secretNotFound(id);
    return unseal(this.config.MASTER_KEY, row.sealedValue);
  }
}
