import type { Database } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { ProviderRepository, type ProviderRow } from './provider.repository.ts';

@Injectable()
export class ListProviders {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly providers: ProviderRepository,
  ) {}

  run(ctx: RequestContext): Promise<ProviderRow[]> {
    return this.database.tx(ctx, (tx) => this.providers.list(tx, ctx.projectId));
  }
}
