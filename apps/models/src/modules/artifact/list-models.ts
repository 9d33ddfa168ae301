import type { Database } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { CATALOGUE, type CatalogueEntry } from '../catalogue/index.ts';
import { ArtifactRepository } from './artifact.repository.ts';
import { type ArtifactState, artifactState } from './artifact-state.ts';

/** A catalogue entry with what is known of its files. */
export interface ModelView {
  entry: CatalogueEntry;
  artifact: ArtifactState;
}

@Injectable()
export class ListModels {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CATALOGUE) private readonly catalogue: readonly CatalogueEntry[],
    private readonly artifacts: ArtifactRepository,
  ) {}

  async run(ctx: RequestContext): Promise<ModelView[]> {
    const rows = await this.database.tx(ctx, (tx) => this.artifacts.all(tx));
    return this.catalogue.map((entry) => ({ entry, artifact: artifactState(entry, rows.get(entry.id)) }));
  }
}
