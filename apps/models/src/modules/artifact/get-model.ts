import type { Database } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { CATALOGUE, type CatalogueEntry } from '../catalogue/index.ts';
import { ArtifactRepository } from './artifact.repository.ts';
import { artifactState } from './artifact-state.ts';
import type { ModelView } from './list-models.ts';
import { modelNotFound } from './model.errors.ts';

@Injectable()
export class GetModel {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CATALOGUE) private readonly catalogue: readonly CatalogueEntry[],
    private readonly artifacts: ArtifactRepository,
  ) {}

  async run(ctx: RequestContext, id: string): Promise<ModelView> {
    const entry = this.catalogue.find((each) => each.id === id);
    if (!entry) throw modelNotFound(id);
    const row = await this.database.tx(ctx, (tx) => this.artifacts.get(tx, id));
    return { entry, artifact: artifactState(entry, row) };
  }
}
