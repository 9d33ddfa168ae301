import type { Database } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Outbox } from '@llmops/platform/events';
import { Inject, Injectable } from '@nestjs/common';
import { providerNotFound } from './provider.errors.ts';
import { ProviderRepository } from './provider.repository.ts';
import { withdrawProvider } from './provider-routes.ts';

@Injectable()
export class DeleteProvider {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly providers: ProviderRepository,
  ) {}

  async run(ctx: RequestContext, id: string): Promise<void> {
    await this.database.tx(ctx, async (tx) => {
      const deleted = await this.providers.delete(tx, ctx.projectId, id);
      if (!deleted) throw providerNotFound(id);
      await this.outbox.add(tx, ...withdrawProvider(deleted));
    });
    await this.outbox.flush();
  }
}
