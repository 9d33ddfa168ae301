import type { Database } from '@llmops/db';
import { CONFIG, DATABASE, newId, seal } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import type { ServeConfig } from '../../config.ts';
import { SecretRepository, type SecretRow } from './secret.repository.ts';

@Injectable()
export class CreateSecret {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CONFIG) private readonly config: ServeConfig,
    private readonly secrets: SecretRepository,
  ) {}

  run(ctx: RequestContext, displayName: string, value: string): Promise<SecretRow> {
    return this.database.tx(ctx, (tx) =>
      this.secrets.insert(tx, {
        id: newId('sec'),
        organizationId: ctx.organizationId,
        projectId: ctx.projectId,
        displayName,
        sealedValue: seal(this.config.MASTER_KEY, value),
        createdBy: ctx.actor,
      }),
    );
  }
}
