import { Task } from '@llmops/contracts/models/v1/model';
import type { Database } from '@llmops/db';
import { CONFIG, DATABASE, seal } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Outbox } from '@llmops/platform/events';
import { Inject, Injectable } from '@nestjs/common';
import type { ServeConfig } from '../../config.ts';
import { checkBaseUrl } from './check-base-url.ts';
import { providerExists, providerModelRepeated } from './provider.errors.ts';
import { ProviderRepository, type ProviderRow } from './provider.repository.ts';
import { publishProvider } from './provider-routes.ts';

export interface CreateProviderInput {
  id: string;
  baseUrl: string;
  /** Empty for none. */
  apiKey: string;
  models: { id: string; task: Task; priceKey: string }[];
}

@Injectable()
export class CreateProvider {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CONFIG) private readonly config: ServeConfig,
    private readonly outbox: Outbox,
    private readonly providers: ProviderRepository,
  ) {}

  /** The provider's models can be called when this returns. Its key is kept sealed and never given out again. */
  async run(ctx: RequestContext, input: CreateProviderInput): Promise<ProviderRow> {
    const baseUrl = await checkBaseUrl(input.baseUrl, this.config.MODELS_ALLOW_PRIVATE_UPSTREAMS);
    const repeated = input.models.find(({ id }, index) => input.models.findIndex((model) => model.id === id) < index);
    if (repeated) throw providerModelRepeated(repeated.id);
    const row = await this.database.tx(ctx, async (tx) => {
      const inserted = await this.providers.insert(tx, {
        organizationId: ctx.organizationId,
        projectId: ctx.projectId,
        id: input.id,
        baseUrl,
        models: input.models.map(({ id, task, priceKey }) => ({
          id,
          task: task || Task.CHAT,
          priceKey: priceKey || id,
        })),
        sealedApiKey: input.apiKey ? seal(this.config.MASTER_KEY, input.apiKey) : null,
        createdBy: ctx.actor,
      });
      if (!inserted) throw providerExists(input.id);
      await this.outbox.add(tx, ...publishProvider(inserted));
      return inserted;
    });
    await this.outbox.flush();
    return row;
  }
}
