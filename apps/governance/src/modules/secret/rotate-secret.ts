import type { Database } from '@llmops/db';
import { CONFIG, DATABASE, seal } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import type { ServeConfig } from '../../config.ts';
import { secretNotFound } from './secret.errors.ts';
import { SecretRepository, type SecretRow } from './secret.repository.ts';

@Injectable()
export class RotateSecret {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CONFIG) private readonly config: ServeConfig,
    private readonly secrets: SecretRepository,
  ) {}

  async run(ctx: RequestContext, id: string, value: string): Promise<SecretRow> {
    const sealed = seal(this.config.MASTER_KEY, value);
    const row = await this.database.tx(ctx, (tx) => this.secrets.rotate(tx, ctx.projectId, id, sealed));
    if (!row) throw secretNotFound(id);
    return row;
  }
}
